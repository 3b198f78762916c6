"""和暦の誤り: one class per fault, each with a Japanese message that names it."""


class DateTextError(ValueError):
    """日付の誤り: a text that is not taken as a date.

    `str(error)` is the message for the person who typed; `offer` is the spelling to put in its place, or None.
    """

    def __init__(self, message: str, offer: str | None = None) -> None:
        super().__init__(message)
        self.offer = offer


class UnreadableError(DateTextError):
    """読めない: no known form."""


class AmbiguousError(DateTextError):
    """二通りに読める: 「4.6」 is 令和4年6月 or 4月6日."""


class YearMissingError(DateTextError):
    """年がない: 「8月」 with nothing before it that could lend its year."""


class NoSuchDayError(DateTextError):
    """ない日: 令和4年2月30日, 13月."""


class NoSuchEraYearError(DateTextError):
    """ない年: 令和0年."""


class OutsideEraError(DateTextError):
    """元号の外: 平成32年5月1日, 令和元年4月; `offer` has the right era."""


class BeforeSolarCalendarError(DateTextError):
    """太陽暦の前: before 1873-01-01 the months and days are those of another calendar."""


class YearsDisagreeError(DateTextError):
    """西暦と和暦の不一致: 2021年（令和4年）."""


class WrongWeekdayError(DateTextError):
    """曜日の誤り: 令和4年6月1日（火）."""
