"""The peers an ordinary Django service would be: bytes from a view, a page by DRF's serializers, and a
created row with its proof checked. Served by this product's own threads, on a database set up as ours is."""

import base64
import hashlib
import hmac
import json
import os
import uuid
from pathlib import Path
from typing import Any, ClassVar

import altcha
import django
from django.conf import settings

SECRET = os.environ["PLAIN_SECRET"]
BODY = Path(os.environ["PLAIN_BODY"]).read_bytes()
settings.configure(
    SECRET_KEY=SECRET,
    ROOT_URLCONF=__name__,
    ALLOWED_HOSTS=["*"],
    INSTALLED_APPS=["django.contrib.contenttypes", "django.contrib.auth", "rest_framework"],
    REST_FRAMEWORK={
        "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
        "DEFAULT_AUTHENTICATION_CLASSES": [],
    },
    DATABASES={
        "default": {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": os.environ["PLAIN_DATABASE"],
            "CONN_MAX_AGE": None,
            "OPTIONS": {
                "transaction_mode": "IMMEDIATE",
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;",
            },
        }
    },
    USE_TZ=True,
)
django.setup()

from django.core.handlers.wsgi import WSGIHandler  # noqa: E402
from django.db import connection, models  # noqa: E402
from django.http import HttpRequest, HttpResponse  # noqa: E402
from django.urls import path  # noqa: E402
from rest_framework import serializers  # noqa: E402
from rest_framework.request import Request  # noqa: E402
from rest_framework.response import Response  # noqa: E402
from rest_framework.views import APIView  # noqa: E402

from equalterms.config.gateway.bridge import Bridge  # noqa: E402


class Surgeon(models.Model):  # noqa: DJ008 - nobody prints it
    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    name = models.TextField()
    about = models.TextField()

    class Meta:
        app_label = "plain"


class Question(models.Model):  # noqa: DJ008 - nobody prints it
    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    text = models.CharField(max_length=1000)
    warning = models.CharField(max_length=60, blank=True)
    audience = models.CharField(max_length=8)
    recap = models.BooleanField(default=False)
    votes = models.IntegerField(default=0)
    slot = models.BigIntegerField(default=0)
    shown = models.BigIntegerField(null=True)

    class Meta:
        app_label = "plain"


class Answer(models.Model):  # noqa: DJ008 - nobody prints it
    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    question = models.ForeignKey(Question, models.CASCADE, related_name="answers")
    text = models.TextField()
    slot = models.BigIntegerField(default=0)

    class Meta:
        app_label = "plain"


class Comment(models.Model):  # noqa: DJ008 - nobody prints it
    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    text = models.TextField()
    name = models.TextField()
    slot = models.BigIntegerField(default=0)
    shown = models.BigIntegerField(null=True)

    class Meta:
        app_label = "plain"


class SurgeonSerializer(serializers.ModelSerializer[Surgeon]):
    class Meta:
        model = Surgeon
        fields = "__all__"


class AnswerSerializer(serializers.ModelSerializer[Answer]):
    class Meta:
        model = Answer
        fields: ClassVar = ["id", "text", "slot"]


class QuestionSerializer(serializers.ModelSerializer[Question]):
    answers = AnswerSerializer(many=True, read_only=True)

    class Meta:
        model = Question
        fields = "__all__"


class CommentSerializer(serializers.ModelSerializer[Comment]):
    class Meta:
        model = Comment
        fields = "__all__"


class PageView(APIView):
    def get(self, request: Request) -> Response:
        questions = Question.objects.exclude(shown=None).prefetch_related("answers").order_by("-shown")[:40]
        return Response(
            {
                "surgeons": SurgeonSerializer(Surgeon.objects.all(), many=True).data,
                "questions": QuestionSerializer(questions, many=True).data,
                "comments": CommentSerializer(Comment.objects.order_by("-shown")[:40], many=True).data,
            }
        )

    def post(self, request: Request) -> Response:
        asked = QuestionSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        if not solved(request.data["proof"]["payload"]):
            return Response(status=403)
        asked.save()
        return Response(asked.data, status=201)


def solved(payload: str) -> bool:
    """The whole check of a proof: signed, in time, and the key is that of the counter."""
    raw = json.loads(base64.b64decode(payload))
    parameters, solution = raw["challenge"]["parameters"], raw["solution"]
    epoch = (parameters["expiresAt"] - 1200) // 1200
    key = hmac.digest(SECRET.encode(), f"equalterms/1/proof\0{epoch}".encode(), "sha256")
    if not altcha.verify_solution(altcha.Payload.from_dict(raw), key, hmac_key_secret=key).verified:
        return False
    password = bytes.fromhex(parameters["nonce"]) + solution["counter"].to_bytes(4, "big")
    tried = hashlib.pbkdf2_hmac("sha256", password, bytes.fromhex(parameters["salt"]), parameters["cost"], 32)
    return hmac.compare_digest(tried.hex(), solution["derivedKey"])


def held(request: HttpRequest) -> HttpResponse:
    return HttpResponse(BODY, content_type="application/json")


def fill() -> None:
    """The same rows as the page of ours has."""
    page = json.loads(BODY)
    with connection.schema_editor() as editor:
        for model in (Surgeon, Question, Answer, Comment):
            editor.create_model(model)
    for one in page["surgeons"]:
        Surgeon.objects.create(name=one["name"], about=one.get("about") or "")
    for one in page["questions"]:
        known = {name: one[name] for name in ("text", "warning", "audience", "votes", "shown")}
        question = Question.objects.create(**known)
        for answer in one["answers"]:
            Answer.objects.create(question=question, text=answer["text"])
    for one in page["comments"]:
        Comment.objects.create(text=one["text"], name="Person 1", shown=one["shown"])


urlpatterns = [path("bytes/", held), path("page/", PageView.as_view())]
fill()
bridge = Bridge(WSGIHandler(), threads=3, waiting=256)


async def app(scope: Any, receive: Any, send: Any) -> None:
    if scope["type"] != "lifespan":
        return await bridge(scope, receive, send)
    await receive()
    bridge.start()
    await send({"type": "lifespan.startup.complete"})
    await receive()
    bridge.stop()
    return await send({"type": "lifespan.shutdown.complete"})
