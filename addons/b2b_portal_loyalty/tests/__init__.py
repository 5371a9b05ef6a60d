from . import test_beside_promotions
from . import test_portal_loyalty
from . import test_portal_redeem
from . import test_rest_billed
from . import test_portal_words
