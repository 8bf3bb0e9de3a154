"""Times, periods and numbers to reach, as documents write them."""
