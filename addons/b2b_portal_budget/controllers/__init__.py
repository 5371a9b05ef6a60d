from . import budgets
