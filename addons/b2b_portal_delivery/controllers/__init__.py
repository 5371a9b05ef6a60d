from . import end_customers
