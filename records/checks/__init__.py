"""提出前の点検: rules that read a file, its sheets and its papers before it goes on (docs/decisions/0010)."""

from records.checks.base import Finding, Level, Rule
from records.checks.contracts import RULES as _CONTRACTS
from records.checks.formal import RULES as _FORMAL
from records.checks.questions import RULES as _QUESTIONS

# In the order in which they are shown.
RULES: dict[str, Rule] = {rule.code: rule for rule in (*_FORMAL, *_QUESTIONS, *_CONTRACTS)}

__all__ = ["RULES", "Finding", "Level", "Rule"]
