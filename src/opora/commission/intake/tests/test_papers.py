"""Papers come, are compared with their originals, are asked for in plain words."""

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile

from opora.commission.intake import services
from opora.commission.intake.missing import missing_text, wanted_papers
from opora.commission.intake.models import Application, Paper
from opora.foundation.access.refusals import Refusal

from .stage import apply, bring_everything, receive, today

PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF\n"


@pytest.fixture
def case(cast, daria_child):
    return receive(cast, apply(cast, daria_child))


def test_one_click_says_received_and_compared(cast, case):
    paper = services.paper_receive(
        actor=cast.actor(cast.anna), paper=case.papers.get(requirement="child_identity"), on=today(), sheets=2
    )
    assert (paper.medium, paper.sheets, paper.checked_by, paper.checked_on) == ("copy", 2, cast.anna, today())


def test_the_click_can_be_taken_back(cast, case):
    anna = cast.actor(cast.anna)
    paper = services.paper_receive(actor=anna, paper=case.papers.get(requirement="medical_extract"), on=today())
    assert paper.medium == "certified_copy"
    paper = services.paper_undo(actor=anna, paper=paper)
    assert paper.received_on is None
    assert paper.checked_by is None


def test_a_scan_receives_the_paper_but_does_not_compare_it(cast, case):
    paper = case.papers.get(requirement="medical_extract")
    attached = services.paper_attach(
        actor=cast.actor(cast.anna), paper=paper, upload=SimpleUploadedFile("Выписка.pdf", PDF), on=today()
    )
    paper.refresh_from_db()
    assert paper.received_on == today()
    assert paper.checked_on is None
    services.file_remove(actor=cast.actor(cast.anna), attached=attached)
    assert services.file_return(actor=cast.actor(cast.anna), attached=attached).removed_at is None


def test_html_named_jpg_changes_nothing(cast, case):
    paper = case.papers.get(requirement="medical_extract")
    with pytest.raises(Refusal, match="не документ и не снимок"):
        services.paper_attach(
            actor=cast.actor(cast.anna), paper=paper, upload=SimpleUploadedFile("a.jpg", b"<html>"), on=today()
        )
    paper.refresh_from_db()
    assert paper.received_on is None


def test_what_is_missing_is_said_in_plain_words_without_names(cast, case, daria_child):
    text = missing_text(case)
    assert "Выписка из истории развития" in text
    assert "Садовая" in text
    assert daria_child.last_name not in text
    assert "Заявление об обследовании" not in text
    bring_everything(cast, case)
    assert missing_text(case) == ""


def test_a_fault_is_named_until_the_paper_is_compared(cast, case):
    anna = cast.actor(cast.anna)
    bring_everything(cast, case)
    paper = case.papers.get(requirement="medical_extract")
    services.paper_undo(actor=anna, paper=paper)
    services.paper_receive(actor=anna, paper=paper, on=today(), checked=False)
    services.paper_change(actor=anna, paper=paper, medium="copy", note="нет печати")
    assert [one.note for one in wanted_papers(case)["to_correct"]] == ["нет печати"]
    assert "(нет печати)" in missing_text(case)


def test_own_lines_come_and_go_but_asked_ones_stay(cast, case):
    anna = cast.actor(cast.anna)
    own = services.paper_add(actor=anna, case=case, title="Решение суда")
    services.paper_remove(actor=anna, paper=own)
    assert not Paper.objects.filter(title="Решение суда").exists()
    with pytest.raises(Refusal, match="требует перечень"):
        services.paper_remove(actor=anna, paper=case.papers.get(requirement="medical_extract"))


def test_an_incomplete_package_is_accepted_by_the_head_alone_and_with_a_reason(cast, case):
    with pytest.raises(Refusal, match="выписка из истории развития") as refused:
        services.papers_accept(actor=cast.actor(cast.anna), case=case, on=today(), reason="Потом")
    assert refused.value.code == "incomplete"
    boris = cast.actor(cast.boris)
    with pytest.raises(Refusal, match="Напишите"):
        services.papers_accept(actor=boris, case=case, on=today())
    case = services.papers_accept(actor=boris, case=case, on=today(), reason="Выписка задержана больницей")
    assert case.status == "ready"
    assert Application.objects.get(case=case).incomplete_reason == "Выписка задержана больницей"


def test_a_complete_package_is_accepted_and_can_be_reopened(cast, case):
    bring_everything(cast, case)
    case = services.papers_accept(actor=cast.actor(cast.anna), case=case, on=today())
    assert case.status == "ready"
    assert services.papers_reopen(actor=cast.actor(cast.anna), case=case, on=today()).status == "papers"


def test_papers_of_a_finished_case_stay_as_they_are(cast, case):
    paper = case.papers.get(requirement="medical_extract")
    services.case_withdraw(actor=cast.actor(cast.anna), case=case, on=today(), reason="Переехали")
    with pytest.raises(Refusal, match="завершено"):
        services.paper_receive(actor=cast.actor(cast.anna), paper=paper, on=today())


def test_a_specialist_reads_papers_and_does_not_tick_them(cast, case):
    with pytest.raises(PermissionDenied):
        services.paper_receive(
            actor=cast.actor(cast.vera), paper=case.papers.get(requirement="medical_extract"), on=today()
        )
