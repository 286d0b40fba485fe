using Relocation.Testing.Engines;
using Relocation.Testing.Importing.Reading;
using Relocation.Testing.Importing.Records;
using Relocation.Testing.Importing.Results;

namespace Relocation.Testing.Importing.Writing;

/// <summary>Fills in, at the end of an import, the references that were written as null because their target came later.</summary>
internal static class CutFilling
{
    private const int RowsAtOnce = 1_000;

    internal static async Task FillAsync(CutRows cuts, KeyTables tables, ImportTransaction transaction, CancellationToken cancellationToken)
    {
        foreach (var (reference, rows) in cuts.All)
        {
            var part = cuts.Layout.FindPart(reference.Fields) ?? cuts.Layout.Parts[0];
            var fields = reference.Fields.Select(name => Array.Find(part.Columns, column => column.Name == name)!).ToList();

            // A reference may share columns with its row's key (a tenant's number): these are there already.
            var parts = fields.Select((field, index) => (Field: field, Index: index))
                .Where(each => !part.Table.Key.Any(column => column.Column == each.Field.Column)).ToList();
            fields = parts.ConvertAll(each => each.Field);
            var columns = part.Table.Key.Concat(fields).ToList();
            using var batch = new RowBatch(columns, RowsAtOnce);
            foreach (var (key, target) in rows)
            {
                var newKey = target.KeyIn(tables);
                var row = batch.NextRow();
                for (var i = 0; i < columns.Count; i++)
                {
                    var value = i < key.PartCount ? key.Part(i) : newKey.Part(parts[i - key.PartCount].Index);
                    row[i] = KeyCells.Of(columns[i], value, batch)
                        ?? throw new RowRefusedException(ImportErrors.NewReferenceBeyond(columns[i]), null, RefusalKind.Other, null, null)
                        {
                            Table = part.Table.Name,
                        };
                }

                batch.CompleteRow(0);
                if (batch.IsFull)
                {
                    await transaction.FillCutAsync(part.Table, fields, batch, cancellationToken).ConfigureAwait(false);
                    batch.Clear();
                }
            }

            if (batch.Count > 0)
            {
                await transaction.FillCutAsync(part.Table, fields, batch, cancellationToken).ConfigureAwait(false);
            }
        }
    }
}
