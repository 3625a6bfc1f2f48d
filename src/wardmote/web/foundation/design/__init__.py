"""The look of every page: the template environment, forms, and the marks that carry a figure's meaning."""
