using Relocation.Testing.Files;
using Relocation.Testing.Modeling;

namespace Relocation.Testing.Exporting;

/// <summary>The messages about exports: what is wrong, where, what to do.</summary>
internal static class ExportErrors
{
    internal static ExportException ExportRefused(ModelLabel label, string engine, string message, Exception? cause) =>
        new($"Model '{label}' cannot be read from the {engine} database: {message.TrimEnd('.')}. Make sure that the database has the tables and columns of the model, "
            + "and that this user may read them.", cause);

    internal static ExportException RowsHidden(ModelLabel label, string engine, string reason, Exception cause) =>
        new($"Model '{label}' cannot be read from the {engine} database, as {reason}", cause);

    internal static ExportException ValueUnreadable(ModelLabel label, RelocationField column, Exception? cause = null) =>
        new($"Model '{label}' has a row whose column '{column.Column}' holds no {column.Type} value, which the model says it does. Correct the row, or "
            + "the model.", cause);

    internal static ExportException RecordUnwritable(ModelLabel label, RecordKey key, string why, Exception cause) =>
        new($"Record {(key.Kind is RecordKeyKind.Integer or RecordKeyKind.Guid ? $"{label} {key}" : $"of model {label}")} cannot be exported: {why}", cause);

    internal static string ContentLeftOut(LeftOutPart part, string count) =>
        $"{count} {(part.IsModel ? "row" : "value")}{(count == "1" ? string.Empty : "s")} of '{part.Name}' {(count == "1" ? "was" : "were")} left out, as it "
        + $"{part.Reason}. Where that is meant, declare it: LeaveOutOfBackup, RelocationModelOptions.LeaveOut or --leave-out {part.Name}.";

    internal static ArgumentException ExportsOtherModel(ModelLabel label, string model) =>
        new($"The export's options name model '{label}', which '{model}' does not have. Correct the label.");

    internal static ArgumentException ExportsOtherReference(ModelLabel label, string name) =>
        new($"The export's options name reference '{name}', which model '{label}' does not have. Correct the name.");

    internal static ExportException DestinationUnwritable(string name, Exception cause) =>
        new(FileErrors.FileUnwritable(name, cause).Message, cause);

    internal static InvalidOperationException NoEngineOf(string connection) =>
        new($"No engine package for {connection} is there. Reference Relocation.Testing.Sqlite or Relocation.Testing.PostgreSql, or use BackupExporter with an engine.");

    internal static InvalidOperationException ExportInTransaction() =>
        new("The connection has an open transaction. Give that transaction to BackupExporter.ExportAsync, or end it first.");

    internal static InvalidOperationException CompressedInEnvelope() => new(
        "A destination is compressed or encrypted, not both: other programs that open encrypted tarballs expect plain JSON in them.");
}
