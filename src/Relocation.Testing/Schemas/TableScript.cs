using System.Text;
using Relocation.Testing.Engines;

namespace Relocation.Testing.Schemas;

/// <summary>The statements that create one model's table.</summary>
internal sealed class TableScript(RelocationEntity entity, RelocationModel model, DatabaseEngine engine)
{
    private readonly SchemaDialect _dialect = engine.Schema;

    /// <summary>The table's name as statements write it.</summary>
    internal string Table => Qualified(entity);

    /// <summary>The table with its key, unique sets and checks, and with foreign keys where those cannot be added later.</summary>
    internal string CreateTable()
    {
        var parts = entity.Key.Fields.Concat(entity.Fields).Select(Column).ToList();
        if (!IsCounted)
        {
            parts.Add($"CONSTRAINT {Named("pk", [])} PRIMARY KEY ({Columns(entity.Key.Fields)})");
        }

        parts.AddRange(PlainUniques().Where(IsConstraint).Select(Unique));
        parts.AddRange(entity.Checks.Select(check => $"CONSTRAINT {engine.Quote(SchemaNames.Fitted(check.Key))} CHECK ({check.Value})"));
        if (!_dialect.AddsForeignKeys)
        {
            parts.AddRange(Constrained().Select(ForeignKey));
        }

        return $"CREATE TABLE {Table} ({Environment.NewLine}  {string.Join($",{Environment.NewLine}  ", parts)})";
    }

    /// <summary>The foreign keys that are added once all tables are there.</summary>
    internal IEnumerable<string> AddForeignKeys() => _dialect.AddsForeignKeys
        ? Constrained().Select(reference => $"ALTER TABLE {Table} ADD {ForeignKey(reference)}")
        : [];

    /// <summary>Partial unique sets, and indexes without which deleting a row would read whole tables.</summary>
    internal IEnumerable<string> CreateIndexes()
    {
        foreach (var unique in entity.Uniques.Where(unique => unique.Condition is not null))
        {
            yield return $"CREATE UNIQUE INDEX {UniqueName(unique)} ON {Table} ({Columns(FieldsOf(unique.Fields))}) WHERE {unique.Condition}";
        }

        // A unique set that must hold only at the end of a transaction would refuse valid work when it is checked at each row.
        foreach (var unique in PlainUniques().Where(unique => !IsConstraint(unique)))
        {
            yield return $"CREATE INDEX {UniqueName(unique)} ON {Table} ({Columns(FieldsOf(unique.Fields))})";
        }

        var covered = PlainUniques().Select(unique => unique.Fields).Append([.. entity.Key.Fields.Select(field => field.Name)]).ToList();
        foreach (var fields in Constrained().Select(reference => reference.Fields).Concat(entity.Indexes)
            .DistinctBy(fields => string.Join('\n', fields)))
        {
            if (!covered.Any(other => other.Take(fields.Count).SequenceEqual(fields)))
            {
                yield return $"CREATE INDEX {Named("ix", fields)} ON {Table} ({Columns(FieldsOf(fields))})";
            }
        }
    }

    private bool IsCounted => entity.Key is { HasCounter: true, Kind: RecordKeyKind.Integer };

    private string Column(RelocationField field)
    {
        var isKey = entity.Key.Fields.Contains(field);
        var type = isKey && IsCounted
            ? _dialect.CountedKey(field, Named("pk", []))
            : field.StoreType + (field.IsNullable && !isKey ? string.Empty : " NOT NULL");
        return $"{engine.Quote(field.Column)} {type}";
    }

    private string Unique(UniqueSet unique) =>
        $"CONSTRAINT {UniqueName(unique)} UNIQUE ({Columns(FieldsOf(unique.Fields))})"
        + (unique.IsDeferrable ? " DEFERRABLE INITIALLY DEFERRED" : string.Empty);

    private string ForeignKey(RelocationReference reference)
    {
        var target = model.Find(reference.Target)!;
        var text = new StringBuilder()
            .Append("CONSTRAINT ").Append(Named("fk", reference.Fields))
            .Append(" FOREIGN KEY (").Append(Columns(FieldsOf(reference.Fields)))
            .Append(") REFERENCES ").Append(Qualified(target))
            .Append(" (").Append(Columns(target.Key.Fields)).Append(')');
        if (reference.OnDelete is not null)
        {
            text.Append(" ON DELETE ").Append(reference.OnDelete);
        }

        return text.Append(reference.IsDeferrable ? " DEFERRABLE INITIALLY DEFERRED" : string.Empty).ToString();
    }

    private IEnumerable<RelocationReference> Constrained() =>
        entity.References.Where(reference => reference.HasConstraint && model.Find(reference.Target) is not null);

    private IEnumerable<UniqueSet> PlainUniques() => entity.Uniques
        .Where(unique => unique.Condition is null && unique.Fields.Count > 0)
        .DistinctBy(unique => string.Join('\n', unique.Fields));

    private bool IsConstraint(UniqueSet unique) => !unique.IsDeferrable || _dialect.DefersUniques;

    private string UniqueName(UniqueSet unique) =>
        unique.Name is null ? Named("uq", unique.Fields) : engine.Quote(SchemaNames.Fitted(unique.Name));

    private string Named(string prefix, IEnumerable<string> fields) =>
        engine.Quote(SchemaNames.Of(prefix, entity, FieldsOf(fields)));

    private IEnumerable<RelocationField> FieldsOf(IEnumerable<string> names) => names.Select(name => entity.FindField(name)!);

    private string Columns(IEnumerable<RelocationField> fields) =>
        string.Join(", ", fields.Select(field => engine.Quote(field.Column)));

    private string Qualified(RelocationEntity of) => of.Schema is { } schema && _dialect.HasSchemas
        ? $"{engine.Quote(schema)}.{engine.Quote(of.Table)}"
        : engine.Quote(of.Table);
}
