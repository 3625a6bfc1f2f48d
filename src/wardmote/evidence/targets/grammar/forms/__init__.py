"""The forms that targets take, one module for each family; `parse.ORDER` says in which order they are tried."""
