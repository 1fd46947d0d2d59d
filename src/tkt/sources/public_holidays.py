"""Public holidays as the holidays library knows them, by country and region: the only door to it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from tkt.domain.opening_hours import HolidayYears, is_region
from tkt.domain.words import did_you_mean, fold, nearest
from tkt.errors import CalledWrongly, NoSuchThing
from tkt.language import _


class UnknownRegion(NoSuchThing):
    """A country, or a part of one, whose public holidays the library does not know."""


class YearsNotKnown(CalledWrongly):
    """Years before or after those that the library can tell of a country."""


class PublicHolidays(NamedTuple):
    """The public holidays of a region in some years, and the library and its version that they are from."""

    years: HolidayYears
    source: str


def public_holidays(region: str, years: Sequence[int], language: str) -> PublicHolidays:
    """Those of a country (`FR`) or of a part of it (`FR-57`), named in `language` where the library can.

    Raises UnknownRegion with the nearest one offered, and YearsNotKnown.
    """
    # Here, since it takes longer to load than most commands to run.
    from holidays.version import __version__

    country, _dash, part = region.partition("-")
    known = _country(region, country)
    _require_part(known, country, part)
    _require_years(known, region, years)
    spoken = _language(known.supported_languages or (), language)
    found = {
        year: {
            day: _on_one_line(name)
            for day, name in sorted(known(years=year, subdiv=part or None, language=spoken).items())
            if day.year == year
        }
        for year in years
    }
    return PublicHolidays(found, f"holidays {__version__}")


def _country(region: str, code: str) -> Any:
    import holidays

    every = {one for one in holidays.list_supported_countries() if is_region(one)}
    if code not in every or not is_region(region):
        message = _("“{region}” is no country or region whose holidays are known.").format(region=region)
        raise UnknownRegion(message + _offer(region, every))
    return getattr(holidays, code)


def _offer(region: str, codes: set[str]) -> str:
    """The code that was meant by one in small letters, by a code of three letters, or by a country's name."""
    from holidays.registry import COUNTRIES

    meant = {one: next(code for code in said[1:] if code in codes) for said in COUNTRIES.values() for one in said[1:]}
    names = {name: meant[said[1]] for name, said in COUNTRIES.items()}
    country, dash, part = region.upper().partition("-")
    if country in meant:
        whole = f"{meant[country]}{dash}{part}"
        return " " + _("Did you mean {word}?").format(word=whole if is_region(whole) else meant[country])
    near = nearest(fold(region).replace(" ", "_"), names)
    return " " + (_("Did you mean {word}?").format(word=names[near]) if near else _("Write FR, or FR-57."))


def _require_part(known: Any, country: str, part: str) -> None:
    """Of the parts of a country those with a code alone have files of their own: the others are no region of ISO's."""
    codes = sorted(one for one in known.subdivisions if is_region(f"{country}-{one}"))
    if part and part not in codes:
        message = _("“{part}” is no part of {country} whose holidays are known.").format(part=part, country=country)
        offer = did_you_mean(part, codes) or " " + _("Known: {words}.").format(words=", ".join(codes))
        raise UnknownRegion(message + (offer if codes else ""))


def _require_years(known: Any, region: str, years: Sequence[int]) -> None:
    first, last = known.start_year, known.end_year
    if years[0] < first or years[-1] > last:
        message = _("The holidays of {region} are known from {first} to {last}.")
        raise YearsNotKnown(message.format(region=region, first=first, last=last))


def _language(spoken: Sequence[str], wanted: str) -> str | None:
    """What the library calls a language of ours for a country; None, its own first one, where it does not speak it."""
    return next((one for one in sorted(spoken) if one.partition("_")[0] == wanted), None)


def _on_one_line(name: str) -> str:
    return " ".join(name.split())
