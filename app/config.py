"""Settings of one installation, read once from environment variables with the prefix BDHVS_."""

from pathlib import Path
from typing import Literal, Self

from pydantic import Field, SecretStr, field_validator, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from app.lib.quiet_hours import read_quiet_hours

ROOT = Path(__file__).resolve().parent.parent
INSECURE = "chi-dung-khi-thu-nghiem"


class Settings(BaseSettings):
    """Typed settings; every field is the variable BDHVS_<NAME> and is listed in README."""

    model_config = SettingsConfigDict(env_prefix="BDHVS_", frozen=True)

    environment: Literal["development", "production"] = Field(
        "development", description="production: refuses default secrets, cookies only over HTTPS"
    )
    instance: Path = Field(ROOT / "instance", description="folder of database, uploads and caches")
    database_url: str = Field("", description="empty: SQLite in the instance folder")
    secret_key: SecretStr = Field(SecretStr(INSECURE), description="signs sessions and forms")
    identity_key: SecretStr = Field(
        SecretStr(INSECURE), description="keys the hashes of personal numbers; never change it"
    )
    courses: Path = Field(ROOT / "courses", description="folder of the course files")
    watch_seconds: float = Field(2.0, description="how often course files are looked at; 0: never")
    base_url: str = Field("http://127.0.0.1:8000", description="public address, in the QR code")
    site_name: str = Field("Bình dân học vụ số", description="name on every page")
    province: str = Field("Thành phố Đà Nẵng", description="province's name on pages and papers")
    hotline: str = Field("1022", description="telephone number shown as help on every page")
    session_minutes: int = Field(720, description="a sign-in lasts so many minutes")
    proxies: int = Field(0, description="reverse proxies in front whose headers are trusted")
    metrics_token: SecretStr = Field(
        SecretStr(""), description="lets a Prometheus elsewhere read /metrics; empty: nobody"
    )

    require_second_factor: bool | None = Field(
        None, description="staff need an authenticator app; not set: only in production"
    )
    smtp_url: SecretStr = Field(
        SecretStr(""), description="where letters are handed in; empty: no letters are sent"
    )
    mail_from: str = Field("", description="sender of the letters, name and address")
    oidc_issuer: str = Field("", description="another's sign-in (OpenID Connect); empty: none")
    oidc_client_id: str = Field("", description="as whom this installation is known there")
    oidc_client_secret: SecretStr = Field(SecretStr(""), description="its secret there, if any")
    oidc_name: str = Field("Cổng dịch vụ công", description="what the button calls that sign-in")
    oidc_scope: str = Field("openid profile", description="what is asked for there")
    oidc_claims: str = Field(
        "sub=sub,number=SoDinhDanh,name=HoVaTen", description="how the claims are called there"
    )
    quiet_hours: str = Field(
        "20-7", description="no reminders are sent from and to these hours, local time"
    )

    @field_validator("quiet_hours")
    @classmethod
    def refuse_unknown_hours(cls, hours: str) -> str:
        """Hours that nobody can read are an error at start, not a letter at night."""
        try:
            read_quiet_hours(hours)
        except ValueError as problem:
            raise ValueError(f"BDHVS_QUIET_HOURS {problem}") from problem
        return hours

    @field_validator("smtp_url")
    @classmethod
    def refuse_other_post_offices(cls, url: SecretStr) -> SecretStr:
        """Letters are handed in by SMTP; anything else is an error at start, not at the first."""
        if url.get_secret_value() and not url.get_secret_value().startswith(
            ("smtp://", "smtps://")
        ):
            raise ValueError("BDHVS_SMTP_URL phải bắt đầu bằng smtp:// hoặc smtps://")
        return url

    @model_validator(mode="after")
    def refuse_half_a_sign_in(self) -> Self:
        """Another's sign-in is set wholly and goes over HTTPS, or it is off."""
        if not self.oidc_issuer:
            return self
        here = self.oidc_issuer.startswith(("http://127.0.0.1:", "http://localhost:"))
        if not (here or self.oidc_issuer.startswith("https://")):
            raise ValueError("BDHVS_OIDC_ISSUER phải bắt đầu bằng https://")
        if not self.oidc_client_id:
            raise ValueError("BDHVS_OIDC_CLIENT_ID chưa đặt")
        if set(self.oidc_claim_names) != {"sub", "number", "name"}:
            raise ValueError("BDHVS_OIDC_CLAIMS phải có sub=…,number=…,name=…")
        return self

    @property
    def oidc_claim_names(self) -> dict[str, str]:
        """By what each fact is called there: sub, number, name."""
        pairs = (pair.partition("=") for pair in self.oidc_claims.split(","))
        return {ours.strip(): theirs.strip() for ours, _, theirs in pairs if theirs.strip()}

    @model_validator(mode="after")
    def refuse_default_secrets(self) -> Self:
        """In production a default secret is an error that names the variable to set."""
        if self.environment == "production":
            for name in ("secret_key", "identity_key"):
                if len(getattr(self, name).get_secret_value()) < 32 or (
                    getattr(self, name).get_secret_value() == INSECURE
                ):
                    raise ValueError(
                        f"BDHVS_{name.upper()} chưa đặt hoặc ngắn hơn 32 ký tự: "
                        "đặt một chuỗi ngẫu nhiên trước khi chạy thật"
                    )
        return self

    @property
    def second_factor_required(self) -> bool:
        """Whether a role asks for a second factor at sign-in."""
        if self.require_second_factor is None:
            return self.environment == "production"
        return self.require_second_factor

    @property
    def sends_letters(self) -> bool:
        """Whether this installation has somewhere to hand letters in, and a sender."""
        return bool(self.smtp_url.get_secret_value() and self.mail_from)

    @property
    def cache(self) -> Path:
        """The folder of compiled courses and of the versions kept for good."""
        return self.instance / "cache"

    @property
    def sqlalchemy_url(self) -> str:
        """The database address for SQLAlchemy; `postgresql://` means the psycopg 3 driver."""
        if not self.database_url:
            return f"sqlite:///{self.instance.resolve() / 'bdhvs.db'}"
        return self.database_url.replace("postgresql://", "postgresql+psycopg://", 1)
