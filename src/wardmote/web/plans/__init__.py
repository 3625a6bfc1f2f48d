"""The partnership's plan: priorities, programmes, actions, indicators, targets, gates."""
