using Relocation.Testing.Backups;

namespace Relocation.Testing.Importing;

/// <content>The readers of records, one for each kind of rows.</content>
internal sealed partial class ImportRun
{
    /// <summary>The reader of a model's records, or one for each type of a hierarchy.</summary>
    private RecordReader[] ReadersFor(RecordRun run, ImportContext context, ImportTransaction transaction)
    {
        var table = context.Tables.Find(run.Label)!;
        var layouts = _plan.Layouts.Of(table.Entity).ToArray();
        var readers = new RecordReader[layouts.Length];
        for (var i = 0; i < layouts.Length; i++)
        {
            if (!_readers.TryGetValue(layouts[i], out var reader))
            {
                var cuts = transaction.NeedsCuts ? LateReferences(table.Entity) : [];
                reader = new RecordReader(table, layouts[i], context, cuts);
                _readers.Add(layouts[i], reader);
            }

            readers[i] = reader;
        }

        return readers;
    }

    /// <summary>The references that are filled in, or whose rows are written, at the end.</summary>
    private List<RelocationReference> LateReferences(RelocationEntity entity) =>
    [
        .. _plan.Find(entity.Label)!.Cuts.Where(cut => cut.Kind is CutKind.FilledInLater or CutKind.WrittenLater).Select(cut => cut.Reference),
        .. entity.LinkReferences(),
    ];
}
