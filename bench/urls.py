"""The addresses of the product, and two bare list views to compare with."""

from django.urls import path

from opora.config import urls as product
from opora.config.urls import handler400, handler403, handler404, handler500

from . import bare

__all__ = ["handler400", "handler403", "handler404", "handler500", "urlpatterns"]
urlpatterns = [
    path("bare/children/", bare.Children.as_view(), name="bare_children"),
    path("bare/cases/", bare.Cases.as_view(), name="bare_cases"),
    *product.urlpatterns,
]
