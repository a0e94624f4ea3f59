"""Two roles of PostgreSQL: one owns the tables and migrates them, the other is the application's.

The owner's address is `OPORA_OWNER_DATABASE_URL` and is known to `opora init` alone; the application signs in with
`OPORA_DATABASE_URL`, owns nothing and is bound by the policies of every table.
"""

from __future__ import annotations

import environ


def as_owner() -> None:
    """Let this process work as the owner, and make the application's role if it is missing.

    Does nothing where no owner is named (SQLite; a single login). Called before the framework is set up.
    """
    from opora.config.settings import base

    address = base.env("OPORA_OWNER_DATABASE_URL", default="")
    if not address:
        return
    application, owner = base.DATABASES["default"], environ.Env.db_url_config(address)  # type: ignore[no-untyped-call]
    role_make(owner, str(application["USER"]), str(application["PASSWORD"]))
    application.update({name: owner[name] for name in ("USER", "PASSWORD", "HOST", "PORT", "NAME")})
    mine = environ.Env.db_url_config(base.env("OPORA_DATABASE_URL"))  # type: ignore[no-untyped-call]
    base.APPLICATION_ROLE = mine["USER"]
    base.DATABASE_ROLE = ""  # the owner need not be able to become that role


def role_make(owner: dict[str, object], role: str, password: str) -> None:
    """Make a role that can sign in and nothing else, or give an existing one its password anew."""
    import psycopg
    from psycopg import sql

    names = {"NAME": "dbname", "USER": "user", "PASSWORD": "password", "HOST": "host", "PORT": "port"}
    reach = {names[name]: str(value) for name, value in owner.items() if name in names and value}
    with psycopg.connect(**reach, autocommit=True) as connection:  # type: ignore[arg-type]
        known = connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [role]).fetchone()
        verb = sql.SQL("ALTER" if known else "CREATE")
        rights = sql.SQL("LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOBYPASSRLS PASSWORD")
        order = sql.SQL("{} ROLE {} {} {}").format(verb, sql.Identifier(role), rights, sql.Literal(password))
        try:
            connection.execute(order)
        except psycopg.errors.InsufficientPrivilege:
            if not known:  # one that was made beforehand keeps its password
                raise
