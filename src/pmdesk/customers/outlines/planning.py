"""What an outline comes to in a desk: what of it is new, what is there already, what is wrong.

A line is there already if the same words of its kind stand at the same place, or under its code
anywhere; such a line is not made again. So an outline that was copied out, continued and brought
in again adds what was continued.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import replace

from pmdesk.customers.hierarchy import Hierarchy
from pmdesk.customers.kinds import LETTERS
from pmdesk.customers.outline_actions import (
    AccountPart,
    Addition,
    EvidencePart,
    LineKind,
    MarketPart,
    MentionPart,
    NodePart,
    OutlineLine,
    Part,
    Problem,
    ProductPart,
    RequirementPart,
    SolutionPart,
    ValuePart,
    VisionPart,
)
from pmdesk.customers.outlines.known import Known, same
from pmdesk.customers.outlines.plan import Plan, words_of
from pmdesk.customers.things import PORTFOLIO, Node, Product, Solution
from pmdesk.customers.wording import feature_words


def planned(
    lines: Sequence[OutlineLine], problems: Sequence[Problem], known: Known, below: str | None
) -> Plan:
    """What the lines of an outline come to that is typed below the thing of this key."""
    planner = _Planner(lines, known, below)
    planner.places()
    planner.names()
    plan = planner.plan
    plan.problems = sorted((*problems, *plan.problems), key=lambda one: (one.line, not one.blocks))
    return plan


class _Planner:
    """First every line finds its place, then what they name by name is looked up: a product may
    be named before the line that it has."""

    def __init__(self, lines: Sequence[OutlineLine], known: Known, below: str | None) -> None:
        self.plan = Plan(lines)
        self._known = known
        self._below = below or ""
        self._taken: set[str] = set()
        """What lines have found at their places."""
        self._passed: Counter[Hashable] = Counter()
        """How many at each place have been looked at."""
        self._lines: list[OutlineLine | None] = []
        """Of each addition."""
        self._called: dict[tuple[str, str], str] = {}
        """What is made here, by kind and name."""
        self._coded: dict[str, str] = {}
        """The solutions among the lines by the codes they were written with."""

    @property
    def _hierarchy(self) -> Hierarchy:
        return self._known.hierarchy

    # Places ---------------------------------------------------------------------------------

    def places(self) -> None:
        for place, one in enumerate(self.plan.lines):
            if one.part is None:
                continue
            above = self._above(one)
            if above is None:
                continue  # what it stands below is not understood, and that is said already
            part = self._on_its_product(one, one.part, above)
            ref = self._there(one, part, above)
            if not ref and one.misplaced:
                self._say(one, one.misplaced)
            if ref and self._known.differs(part, ref):
                self._say(one, "It is there with other details, and stays: edit it there.", False)
            ref = ref or self._made(part, above, one)
            if ref:
                self.plan.refs[place] = ref
                if one.kind == "solution" and one.code:
                    self._coded[one.code] = ref

    def _above(self, one: OutlineLine) -> str | None:
        if one.above is not None:
            return self.plan.refs.get(one.above)
        if one.kind == "vision" and self._kind(self._below) == "product":
            return self._below
        return "" if one.kind in ("market", "product", "vision") else self._below

    def _on_its_product(self, one: OutlineLine, part: Part, above: str) -> Part:
        """A requirement below a product needs not name it, and can't name another."""
        if not isinstance(part, RequirementPart) or self._kind(above) != "product":
            return part
        if part.product and self._named("product", part.product) != above:
            self._say(one, f"It stands below another product than {part.product}: indent it less.")
        return replace(part, product="")

    def _there(self, one: OutlineLine, part: Part, above: str) -> str | None:
        """The key of what it is, if that is in the desk."""
        match part:
            case MentionPart():
                if self._is(one.code, part.kind):
                    return one.code
                self._say(one, f"{one.code} is not in this desk: write out what it is.")
                return ""
            case VisionPart() | ValuePart():
                return self._filled(one, part, above)
            case MarketPart() | ProductPart():
                return self._named(part.kind, part.name)
            case AccountPart():
                return self._named("account", part.name)
        if not above.startswith("+") and (found := self._at_its_place(one, part, above)):
            return found
        if self._is(one.code, part.kind) and self._known.words(one.code) == words_of(part):
            self.plan.elsewhere += 1
            return one.code
        return None

    def _at_its_place(self, one: OutlineLine, part: Part, above: str) -> str | None:
        """The one of its code, else the first that no line was before."""
        if one.code and self._known.stands(one.code, part, above):
            self._taken.add(one.code)
            return one.code
        found = self._known.find(part, above)
        place = (above, same(part, self._known))
        while self._passed[place] < len(found):
            key = found[self._passed[place]]
            self._passed[place] += 1
            if key not in self._taken:
                self._taken.add(key)
                return key
        return None

    def _is(self, code: str, kind: LineKind) -> bool:
        there = code[:1] in LETTERS and self._hierarchy.thing(code) is not None
        return there and LETTERS[code[0]] == kind

    def _named(self, kind: str, name: str) -> str | None:
        return self._called.get((kind, name.casefold())) or self._known.named(kind, name)

    def _filled(self, one: OutlineLine, part: VisionPart | ValuePart, above: str) -> str | None:
        """A vision or value statement: only where there is none."""
        if self._called.setdefault((part.kind, above), str(one.number)) != str(one.number):
            self._say(one, "It is said twice: leave one of the two out.")
        if above.startswith("+"):
            return None
        thing = self._hierarchy.thing(above)
        match thing:
            case Product():
                now, key = thing.vision or "", above
            case Solution():
                now, key = thing.value_statement or "", above
            case _:
                now, key = self._hierarchy.vision or "", PORTFOLIO
        if not now:
            return None
        if now.strip() != part.text:
            self._say(one, "Other words stand there already, and stay: edit them there.", False)
        return key

    def _made(self, part: Part, above: str, one: OutlineLine | None) -> str:
        if isinstance(part, MentionPart):
            return ""
        ref = f"+{len(self.plan.additions)}"
        self.plan.additions.append(Addition(part, above))
        self._lines.append(one)
        if isinstance(part, (MarketPart, ProductPart, AccountPart)):
            self._called[part.kind, part.name.casefold()] = ref
        if isinstance(part, SolutionPart):
            self._called.setdefault(("solution", part.name.casefold()), ref)
        if isinstance(part, AccountPart):
            self._name_account(part, ref, one)
        return ref

    def _name_account(self, part: AccountPart, ref: str, one: OutlineLine | None) -> None:
        for name in (*part.aliases, *part.domains):
            if self._named("account", name) not in (None, ref) and one is not None:
                self._say(one, f"“{name}” belongs to another account already: leave it out.")
            self._called["account", name.casefold()] = ref

    # Names ----------------------------------------------------------------------------------

    def names(self) -> None:
        """Looks up what lines name: products, solutions, accounts."""
        for place in range(len(self.plan.additions)):
            addition, one = self.plan.additions[place], self._lines[place]
            match addition.part:
                case RequirementPart() if one is not None:
                    self._serve(place, addition, addition.part, one)
                case EvidencePart() if one is not None:
                    account = self._account(addition, addition.part, one)
                    self.plan.additions[place] = replace(addition, account=account)
        self._lint()

    def _serve(
        self, place: int, addition: Addition, part: RequirementPart, one: OutlineLine
    ) -> None:
        above = addition.above
        product = above if self._kind(above) == "product" else self._product(part.product)
        solution = above if self._kind(above) == "solution" else ""
        if part.solution and not solution:
            solution = self._solution(part.solution, above, one)
        need = above if self._kind(above) == "need" else ""
        self.plan.additions[place] = replace(
            addition, above=need, product=product, solution=solution
        )

    def _product(self, name: str) -> str:
        return self._named("product", name) or self._new(ProductPart(name), "")

    def _solution(self, called: str, above: str, one: OutlineLine) -> str:
        if ref := self._coded.get(called):
            return ref
        if self._is(called, "solution"):
            return called
        if ref := self._named("solution", called):
            return ref
        goal = self._goal(above)
        if not goal or (called[:1] == "S" and called[1:].isdecimal()):
            self._say(one, f"There is no solution “{called}”: write it below its goal as “S: …”.")
            return ""
        return self._new(SolutionPart(called), goal)

    def _account(self, addition: Addition, part: EvidencePart, one: OutlineLine) -> str:
        if ref := self._named("account", part.account):
            return ref
        market = self._market(self._goal(addition.above))
        if not market:
            self._say(
                one,
                f"The account “{part.account}” is not known: write it below its market as "
                "“Account: …”.",
            )
            return ""
        return self._new(AccountPart(part.account), market)

    def _new(self, part: Part, above: str) -> str:
        ref = self._made(part, above, None)
        self.plan.named_only.append(self.plan.additions[-1])
        return ref

    # What stands above ------------------------------------------------------------------------

    def _kind(self, ref: str) -> LineKind | None:
        if ref.startswith("+"):
            return self.plan.additions[int(ref[1:])].part.kind
        thing = self._hierarchy.thing(ref)
        if isinstance(thing, Node):
            return thing.kind
        kinds: Mapping[type, LineKind] = {Product: "product", Solution: "solution"}
        return kinds.get(type(thing))

    def _goal(self, ref: str) -> str:
        """The goal above; "" where there is none."""
        while ref.startswith("+"):
            addition = self.plan.additions[int(ref[1:])]
            if addition.part.kind == "goal":
                return ref
            ref = addition.above
        thing = self._hierarchy.thing(ref)
        path = self._hierarchy.path(thing.id) if isinstance(thing, Node) else ()
        return path[0].key if path and path[0].kind == "goal" else ""

    def _market(self, goal: str) -> str:
        if goal.startswith("+"):
            return self.plan.additions[int(goal[1:])].above
        thing = self._hierarchy.thing(goal)
        return f"market {thing.market_id}" if isinstance(thing, Node) else ""

    # Saying -----------------------------------------------------------------------------------

    def _lint(self) -> None:
        products = (
            *(one.name for one in self._hierarchy.products),
            *(one.part.name for one in self.plan.additions if isinstance(one.part, ProductPart)),
        )
        for place in self.plan.refs:
            one = self.plan.lines[place]
            asked = isinstance(one.part, NodePart) and one.kind == "need"
            if asked and self.plan.is_new(place):
                for word in feature_words(words_of(one.part), products)[:1]:
                    self._say(one, f"A need names no product or feature: “{word}”?", False)

    def _say(self, one: OutlineLine, sentence: str, blocks: bool = True) -> None:
        self.plan.problems.append(Problem(one.number, sentence, blocks))
