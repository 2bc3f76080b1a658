"""croissant.json: the release as machines look for data sets, in the vocabulary of MLCommons Croissant 1.1.

Enters: the version's name and the entries of its files. Leaves: JSON-LD that needs nothing from the network, for the
context stands in it. Each file is named with its SHA-256, each table with its columns, lists of structs as fields with
parts.

>>> corpus = mlcroissant.Dataset(folder / "croissant.json")
>>> next(iter(corpus.records("documents")))["documents/title"].decode()
'市政府关于印发苏州市生物医药产业创新集群建设实施方案的通知'
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pyarrow as pa

from pipeline.corpus.errors import CorpusError
from pipeline.corpus.meanings import tables

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipeline.corpus.manifest import FileEntry
    from pipeline.corpus.meanings import Meaning, Table

Json = dict[str, object]

PARQUET = "application/x-parquet"
"""The specification's name; its reader does not know the registered one, application/vnd.apache.parquet."""

_OURS = (
    *("arrayShape", "citeAs", "column", "containedIn", "equivalentProperty", "extract", "field", "fileObject"),
    *("fileProperty", "fileSet", "format", "includes", "isArray", "isLiveDataset", "jsonPath", "key", "md5"),
    *("parentField", "path", "recordSet", "references", "regex", "repeated", "replace", "samplingRate", "separator"),
    *("source", "subField", "transform"),
)
CONTEXT: Json = {
    "@language": "en",
    "@vocab": "https://schema.org/",
    "sc": "https://schema.org/",
    "cr": "http://mlcommons.org/croissant/",
    "rai": "http://mlcommons.org/croissant/RAI/",
    "dct": "http://purl.org/dc/terms/",
    "conformsTo": "dct:conformsTo",
    "data": {"@id": "cr:data", "@type": "@json"},
    "dataType": {"@id": "cr:dataType", "@type": "@vocab"},
    "description": {"@container": "@language"},
    "examples": {"@id": "cr:examples", "@type": "@json"},
    "name": {"@container": "@language"},
    **{name: f"cr:{name}" for name in _OURS},
}
"""The context that Croissant 1.1 asks for, word for word: readers compare it."""

_TYPES = (
    (pa.types.is_string, "sc:Text"),
    (pa.types.is_integer, "sc:Integer"),
    (pa.types.is_floating, "sc:Float"),
    (pa.types.is_boolean, "sc:Boolean"),
    (pa.types.is_date, "sc:Date"),
    (pa.types.is_timestamp, "sc:DateTime"),
)

DESCRIPTION = {
    "zh": "中国政府网站政策文件语料：正文经清洗、去重，每个字段都有出处，每一处删除和修补都有记录。",
    "en": "Chinese government policy texts: cleaned and deduplicated, with evidence for every field and a record of "
    "all that was removed or repaired. README.md tells more.",
}
LICENCE = (
    "著作权法第五条：法律、法规和其他官方文件不适用著作权法；各来源的使用条款见 sources.parquet。"
    "Official documents are not subject to copyright in China (Copyright Law, article 5); the terms of each source "
    "stand in sources.parquet."
)

__all__ = ["croissant"]


def croissant(version: str, files: Sequence[FileEntry]) -> bytes:
    """The whole file, UTF-8, on one line, since it goes out anew with every version; the same release gives the same
    bytes.

    version: 2026-01-31-5d41402a, the day of the newest capture and eight digits. files: all that are written so far;
    those of audit/ and those that are no tables are left out. Raises CorpusError for a column of a type that Croissant
    cannot name.
    """
    day, digits = version[:10], version[11:]
    distribution: list[Json] = []
    for table in tables().values():
        distribution += [_file_set(table)] if _is_folder(table, files) else []
        distribution += map(_file_object, table.files(files))
    content = {
        "@context": CONTEXT,
        "@type": "sc:Dataset",
        "conformsTo": "http://mlcommons.org/croissant/1.1",
        "name": "zhengce",
        "alternateName": "政策",
        "description": DESCRIPTION,
        "version": f"{day[:4]}.{int(day[5:7])}.{int(day[8:])}+{digits}",  # Croissant wants major.minor.patch+build
        "datePublished": day,
        "citeAs": f"zhengce 政策, {version}",
        "license": LICENCE,
        "inLanguage": "zh",
        "keywords": ["政策", "公文", "政府信息公开", "China", "government", "policy"],
        "creator": {"@type": "sc:Organization", "name": "zhengce"},
        "distribution": distribution,
        "recordSet": [_record_set(table, files) for table in tables().values() if table.files(files)],
    }
    return (json.dumps(content, ensure_ascii=False, separators=(",", ":")) + "\n").encode()


def _is_folder(table: Table, files: Sequence[FileEntry]) -> bool:
    return any(file.path.startswith(f"{table.name}/") for file in files)


def _file_set(table: Table) -> Json:
    return {
        "@type": "cr:FileSet",
        "@id": f"{table.name}-files",
        "name": f"{table.name}-files",
        "encodingFormat": PARQUET,
        "includes": f"{table.name}/*.parquet",
    }


def _file_object(file: FileEntry) -> Json:
    return {
        "@type": "cr:FileObject",
        "@id": file.path,
        "name": file.path,
        "contentUrl": file.path,
        "contentSize": f"{file.bytes} B",
        "encodingFormat": PARQUET,
        "sha256": file.sha256,
    }


def _record_set(table: Table, files: Sequence[FileEntry]) -> Json:
    origin: Json = (
        {"fileSet": {"@id": f"{table.name}-files"}}
        if _is_folder(table, files)
        else {"fileObject": {"@id": f"{table.name}.parquet"}}
    )
    return {
        "@type": "cr:RecordSet",
        "@id": table.name,
        "name": table.name,
        "description": _said(table.meaning),
        **({"key": {"@id": f"{table.name}/id"}} if "id" in table.columns else {}),
        "field": [
            _field(f"{table.name}/{column.name}", column.type, {**origin, "extract": {"column": column.name}})
            | {"description": _said(table.columns[column.name])}
            for column in table.schema
        ],
    }


def _field(id_: str, type_: pa.DataType, source: Json) -> Json:
    """A column, or a part of one. A list of structs is a repeated field; each of its parts reads the column again and
    takes its own value out of every struct."""
    depth = 0
    while isinstance(type_, pa.ListType):
        type_, depth = type_.value_type, depth + 1
    shape = {"isArray": True, "arrayShape": ",".join(["-1"] * depth)} if depth else {}
    head: Json = {"@type": "cr:Field", "@id": id_, "name": id_.rpartition("/")[2], **shape}
    if isinstance(type_, pa.StructType):
        parts = [
            _field(f"{id_}/{part.name}", part.type, {**source, "transform": {"jsonPath": f"$['{part.name}']"}})
            for part in type_
        ]
        return {**head, "subField": parts}
    return {**head, "dataType": _data_type(id_, type_), "source": source}


def _data_type(id_: str, type_: pa.DataType) -> str:
    for is_one, name in _TYPES:
        if is_one(type_):
            return name
    raise CorpusError(f"croissant.json: {id_} is of type {type_}, which has no name there; add it to _TYPES")


def _said(meaning: Meaning) -> Json:
    return {"zh": meaning.zh, "en": meaning.en}
