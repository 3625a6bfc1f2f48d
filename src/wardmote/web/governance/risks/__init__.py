"""The partnership's risk register: scored before and after what is done, looked at again by a day."""
