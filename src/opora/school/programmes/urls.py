"""Addresses of programmes: drawing up, the bank, following, the end."""

from django.urls import path

from .views import approving, bank, board, drafting, ending, family, listing, marking, observing, telling

app_name = "programmes"

# The bank, following and the end.
following = [
    path("bank/", bank.bank_list, name="bank"),
    path("bank/new/", bank.bank_new, name="bank_new"),
    path("bank/fill/", bank.bank_fill, name="bank_fill"),
    path("bank/<slug:public_id>/", bank.bank_item, name="bank_item"),
    path("bank/<slug:public_id>/retire/", bank.bank_retire, name="bank_retire"),
    path("board/", board.board, name="board"),
    path("mine/", marking.own_list, name="mine"),
    path("activities/<slug:public_id>/mark/", marking.activity_mark, name="mark"),
    path("activities/<slug:public_id>/keep/", bank.bank_keep, name="bank_keep"),
    path("marks/<slug:public_id>/words/", marking.mark_words, name="mark_words"),
    path("marks/<slug:public_id>/undo/", marking.mark_undo, name="mark_undo"),
    path("<slug:public_id>/bank/", bank.bank_side, name="bank_side"),
    path("<slug:public_id>/bank/take/", bank.bank_take, name="bank_take"),
    path("<slug:public_id>/marks/", marking.programme_marks, name="marks"),
    path("<slug:public_id>/observations/", observing.observations, name="observations"),
    path("<slug:public_id>/observe/", observing.observe, name="observe"),
    path("<slug:public_id>/told/", telling.told, name="told"),
    path("<slug:public_id>/ending/", ending.ending_page, name="ending"),
    path("<slug:public_id>/ending/opinion/", ending.opinion, name="opinion"),
    path("<slug:public_id>/ending/finish/", ending.finish, name="finish"),
    path("<slug:public_id>/ending/continue/", ending.go_on, name="continue"),
]

# Drawing up, the family, approval.
drawing_up = [
    path("", listing.programme_list, name="list"),
    path("children/<slug:public_id>/begin/", listing.programme_begin, name="begin"),
    path("<slug:public_id>/", listing.programme_page, name="programme"),
    path("<slug:public_id>/curator/", listing.programme_curator, name="curator"),
    path("<slug:public_id>/draft/", drafting.draft_page, name="draft"),
    path("<slug:public_id>/draft/checks/", drafting.draft_checks, name="checks"),
    path("<slug:public_id>/term/", drafting.term_save, name="term"),
    path("<slug:public_id>/lines/", drafting.line_add, name="line_add"),
    path("<slug:public_id>/take/", drafting.plan_take, name="plan_take"),
    path("sections/<slug:public_id>/", drafting.section_save, name="section"),
    path("sections/<slug:public_id>/earlier/", drafting.section_earlier, name="section_earlier"),
    path("goals/<slug:public_id>/", drafting.goal_deed, name="goal"),
    path("tasks/<slug:public_id>/", drafting.task_deed, name="task"),
    path("activities/<slug:public_id>/", drafting.activity_deed, name="activity"),
    path("criteria/<slug:public_id>/", drafting.criterion_deed, name="criterion"),
    path("<slug:public_id>/send/", family.send, name="send"),
    path("<slug:public_id>/take-back/", family.take_back, name="take_back"),
    path("<slug:public_id>/family/", family.family_page, name="family"),
    path("<slug:public_id>/family/proposals/", family.proposal_add, name="proposal_add"),
    path("<slug:public_id>/family/agreements/", family.agreement_add, name="agreement_add"),
    path("<slug:public_id>/family/agree/", family.agree, name="agree"),
    path("proposals/<slug:public_id>/answer/", family.proposal_answer, name="proposal_answer"),
    path("<slug:public_id>/versions/", family.versions_page, name="versions"),
    path("<slug:public_id>/approve/", approving.approve, name="approve"),
    path("<slug:public_id>/cancel/", approving.cancel, name="cancel"),
]

urlpatterns = [*following, *drawing_up]
