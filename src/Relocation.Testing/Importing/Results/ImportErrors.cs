using Relocation.Testing.Engines;
using Relocation.Testing.Modeling;
using Relocation.Testing.Texts;
using Relocation.Testing.Values;

namespace Relocation.Testing.Importing.Results;

/// <summary>The messages about imports: what is wrong, where, what to do.</summary>
internal static class ImportErrors
{
    internal static ImportException ImportRefused(
        string backup, IReadOnlyList<BackupProblem> problems, long count, Exception? cause, int committedChunks)
    {
        var lines = ErrorText.Listed(problems.Select(problem => $"{problem.Place}: {problem.Message}"), count);
        var state = committedChunks == 0
            ? "the database is as it was"
            : $"{(committedChunks == 1 ? "1 chunk is committed and stays" : $"{committedChunks} chunks are committed and stay")}, what came after is taken back"
                + (problems.Any(problem => problem.Kind == BackupProblemKind.RowRefused)
                    ? "; when somebody else has written to the tables since, undo that and give the same call again"
                    : string.Empty);
        var message = count == 1
            ? $"Backup '{backup}' was not imported; {state}.{lines}"
            : $"Backup '{backup}' was not imported for {count} problems; {state}.{lines}";
        return new ImportException(message, problems, cause);
    }

    internal static InvalidOperationException WrongEngine(DatabaseEngine engine, Type connection) =>
        new($"A connection of type {connection.Name} is no connection to {engine.Name}. Give a connection of that engine.");

    internal static string UnresolvedReference(RelocationReference reference, RecordKey? key, DropReason reason)
    {
        var target = key is { } shown ? $"{reference.Target} {shown}" : $"a record of {reference.Target}";
        return reason switch
        {
            DropReason.OutOfScope =>
                $"Reference '{reference.Name}' leads to {target}, which the import's scope leaves out. Widen the scope, or choose "
                + "UnresolvedReferencePolicy.Drop or SetNull.",
            DropReason.Filtered =>
                $"Reference '{reference.Name}' leads to {target}, which a filter leaves out. Let the filter take it, or choose "
                + "UnresolvedReferencePolicy.Drop or SetNull.",
            DropReason.Dropped =>
                $"Reference '{reference.Name}' leads to {target}, which was dropped. Choose UnresolvedReferencePolicy.Drop for this "
                + "reference too, or mend the cause.",
            DropReason.OtherType =>
                $"Reference '{reference.Name}' leads to {target}, which is not one of {string.Join(", ", reference.TargetTypes)}. Let it lead to "
                + "a record of such a type, or choose UnresolvedReferencePolicy.Drop or SetNull.",
            DropReason.UnknownModel =>
                $"Reference '{reference.Name}' leads to {target}, a model that is not part of the relocation model. Add the model, or "
                + "choose UnresolvedReferencePolicy.Drop or SetNull.",
            _ =>
                $"Reference '{reference.Name}' leads to {target}, which the backup does not hold. Add the record, or choose "
                + "UnresolvedReferencePolicy.Drop or SetNull.",
        };
    }

    internal static string CannotSetNull(string unresolved) =>
        unresolved + " It cannot be set to null, as its column takes none.";

    internal static string MissingField(RelocationField field) =>
        $"Field '{field.Name}' is absent, takes no null and has no default. Add it, or give it a default in the model.";

    internal static string MissingField(RelocationField field, RelocationEntity hierarchy) =>
        $"{MissingField(field)} Model '{hierarchy.Label}' is a hierarchy, in which one record holds all of its type's fields. Where a record of the base "
        + "type has the others, as Django writes models that inherit, put them together into this one.";

    internal static string DoubledField(RelocationField field) => field.FormerNames.Count == 0
        ? $"Field '{field.Name}' occurs twice in one record. Leave one of them out."
        : $"Field '{field.Name}' occurs twice in one record: it is read by its former names too "
            + $"({string.Join(", ", field.FormerNames.Select(name => $"'{name}'"))}). Leave one of them out.";

    internal static string KeyPartDiffers(string field) =>
        $"Field '{field}' is part of the primary key and differs from it. Make the two agree, or leave the field out.";

    internal static string KeyDoesNotFit(RelocationField field) =>
        $"The primary key's part '{field.Name}' is not {ValueErrors.Expected(field)}, as column '{field.Column}' demands. Change the key.";

    internal static string NotAnObject(string field) =>
        $"Field '{field}' is neither an object nor null. The model keeps its members in columns of their own.";

    internal static string WrongReference(RelocationField field, RecordKeyKind kind)
    {
        var key = kind switch
        {
            RecordKeyKind.Integer => "a whole number",
            RecordKeyKind.Guid => "a string with a Guid",
            RecordKeyKind.Text => "a string",
            _ => "a list of its parts",
        };
        return $"Field '{field.Name}' refers to a record by its key, {key}, and holds none. Write the key as the target's pk is written.";
    }

    internal static string NaturalKey(RelocationField field) =>
        $"Field '{field.Name}' refers to a record by a list of values, a natural key, and not by its key. Natural keys are not imported: make the "
        + "backup without Django's dumpdata option --natural-foreign, so that the target's pk stands here.";

    internal static RelocationModelException TablesMissing(IReadOnlyList<string> problems) =>
        new($"The database does not fit the model. Create the model's schema before the import:{ErrorText.Listed(problems, problems.Count)}", problems);

    internal static string TableMissing(Table table) =>
        $"Table '{table.Name}' of model '{table.Label}' does not exist.";

    internal static string ColumnMissing(Table table, RelocationField field) =>
        $"Column '{field.Column}' of table '{table.Name}' (model '{table.Label}') does not exist.";

    internal static string KeysUsedUp(RelocationField field) =>
        $"The record's new key is beyond {ValueErrors.Expected(field)}, which is all that column '{field.Column}' takes. Import fewer records or into an emptier table, or "
        + "give the key a larger type.";

    internal static string ReferenceBeyond(RelocationField field) =>
        $"Field '{field.Name}' refers to a record by a key that is not {ValueErrors.Expected(field)}, as column '{field.Column}' demands. Correct the reference, or give "
        + "the property and its column a larger type.";

    internal static string NewReferenceBeyond(RelocationField field) =>
        $"Field '{field.Name}' refers to a record whose new key is not {ValueErrors.Expected(field)}, as column '{field.Column}' demands. Give the property and its column a "
        + "larger type.";

    internal static string UnknownModel(ModelLabel label, long records, string model) =>
        $"Model '{model}' does not know '{label}' ({Counted(records)}). Add the model, or set ImportOptions.UnknownModels to "
        + "DriftPolicy.Report.";

    internal static string ModelLeftOut(LeftOutPart part, long records) =>
        $"'{part.Name}' ({Counted(records)}) {part.Reason}. Take its records out of the backup, or leave it out by declaration (LeaveOutOfBackup, "
        + "RelocationModelOptions.LeaveOut, --leave-out), so that they are left out too.";

    internal static string UnknownField(string field, long records, string model) =>
        $"Model '{model}' does not know field '{ShownText.Of(field)}' ({Counted(records)}). Add the field, or set ImportOptions.UnknownFields to DriftPolicy.Report.";

    internal static string AbsentField(RelocationField field, long records) =>
        $"Field '{field.Name}' is absent ({Counted(records)}). Add the field, declare a default for older backups "
        + "(BackupRule.FieldAdded), or set ImportOptions.AbsentFields to DriftPolicy.Report.";

    internal static string Counted(long records) => records == 1 ? "1 record" : $"{records} records";

    /// <summary>Why the database refused a row; a refusal's own message holds no value of the row.</summary>
    internal static string RowRefused(string? tableName, RowRefusedException refusal)
    {
        var by = refusal.Constraint is null ? string.Empty : $" ({refusal.Constraint})";
        var table = tableName is null ? "A table" : $"Table '{tableName}'";
        return refusal.Kind switch
        {
            RefusalKind.Unique =>
                $"{table} has a row with the same unique values already{by}, in the database or earlier in the backup. Import "
                + "into an empty table, or change the values.",
            RefusalKind.ForeignKey =>
                $"{table} has a foreign key that does not hold{by}. The model and the database's constraints do not agree.",
            RefusalKind.NotNull =>
                $"{table} takes no null in one of its columns{by}. The model and the database's schema do not agree.",
            RefusalKind.NoPartition =>
                $"{table} is partitioned, and has no partition that takes the row. Create that partition, or a default one, or change the record.",
            RefusalKind.Check =>
                $"{table} has a check that the row breaks{by}. Change the record, or drop the check from the test schema.",
            RefusalKind.Swallowed => TriggerErrors.Swallowed(table),
            _ => $"{table} takes no such row{by}. {refusal.Message}",
        };
    }
}
