"""管理者の作成: the first account of a new database (createsuperuser knows neither charges nor the trail)."""

import getpass
from argparse import ArgumentParser
from typing import Any

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from history.writing import SYSTEM
from organization import services
from organization.models import Department, DepartmentKind, Role, User


class Command(BaseCommand):
    """管理者を作る。 Asks for the password twice. Exit codes: 0 done, 1 refused (the reasons, one a line)."""

    help = "管理者の利用者を作ります。パスワードは画面でたずねます。"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Who, and where; the department may be new only in a database that has none."""
        parser.add_argument("username", metavar="USERNAME", help="利用者名（例: kanri）")
        parser.add_argument("name", metavar="NAME", help="氏名・表示名（例: 情報公開課 管理者）")
        parser.add_argument("--department", default="区長", help="所属（初期値: 区長）。組織がまだなければ作ります")

    def handle(self, *args: Any, **options: Any) -> None:
        """Ask, check, write user and charge together."""
        user = User(username=options["username"], name=options["name"])
        try:
            user.full_clean(exclude=["password"])
            password = self._ask_password(user)
            with transaction.atomic():
                department = _department(options["department"])
                added = services.add_user(username=user.username, name=user.name, password=password, actor=SYSTEM)
                services.assign(added, department, Role.ADMIN, actor=SYSTEM)
        except ValidationError as error:
            raise CommandError("\n".join(error.messages)) from error
        self.stdout.write(f"管理者「{user.name}」を作りました。利用者名は {user.username} です。")

    def _ask_password(self, user: User) -> str:
        password = getpass.getpass("パスワード: ")
        if password != getpass.getpass("パスワード（もう一度）: "):
            raise CommandError("二つのパスワードが違います。")
        validate_password(password, user)
        return password


def _department(name: str) -> Department:
    """The department of this name, made as an 実施機関 where there is no department at all."""
    found = Department.objects.filter(name=name).order_by("pk").last()
    if found is not None:
        return found
    if Department.objects.exists():
        raise CommandError(f"「{name}」という組織はありません。--department で組織の名称を指定してください。")
    return services.add_department(kind=DepartmentKind.ORGAN, name=name, actor=SYSTEM)
