using Relocation.Testing.Backups;
using Relocation.Testing.Keys;

namespace Relocation.Testing.Importing;

/// <summary>Puts an import's result together; the places of everything that it lists are found in one pass.</summary>
internal sealed class ResultBuilder(
    ImportPlan plan,
    BackupContent content,
    BackupIndex index,
    KeyTables tables,
    IReadOnlyCollection<RecordReader> readers,
    DropSettlement drops,
    IReadOnlyList<DroppedElement> elements)
{
    private readonly List<PlaceRequest> _requests = [];

    internal async Task<ImportResult> BuildAsync(ForeignKeyEnforcement enforcement, CancellationToken cancellationToken)
    {
        var unknownModels = index.Models.Where(records => plan.Model.Find(records.Label) is null).OrderBy(records => records.Label)
            .Select(records => (Records: records, Place: Request(
                new PlaceRequest(records.OffsetOf(0), $"/{records.ArrayIndexOf(0)}", records.Label, null)))).ToList();
        var unknownFields = Drift(reader => reader.Drift.Unknown);
        var defaulted = Drift(reader => reader.DefaultedColumns.Select(column => (reader.Path + column.Field.Name, column.Defaulted, column.FirstDefaulted)));
        var dropped = drops.Dropped.Select(drop => (drop.Model, drop.Rank, Place: Request(PlaceOf(drop.Model, drop.Rank)))).ToList();

        var droppedElements = elements.Select(element => (Element: element, Place: Request(element.Place))).ToList();
        var places = await PlaceFinder.FindAsync(content, _requests, cancellationToken).ConfigureAwait(false);
        return new ImportResult
        {
            Map = new PrimaryKeyMap([.. Known().Select(KeysOf)]),
            Models = [.. Known().Select(CountsOf)],
            Dropped = [.. dropped.OrderBy(drop => tables.Find(drop.Model)!.Records.ArrayIndexOf(drop.Rank))
                .Select(drop => new DroppedRecord(places[drop.Place], drops.ChainOf(drop.Model, drop.Rank)))],
            DroppedElements = [.. droppedElements.OrderBy(dropped => dropped.Element.Place.Offset)
                .Select(dropped => new DroppedRecord(places[dropped.Place], drops.ChainOf(dropped.Element)))],
            Drift = new DriftReport
            {
                UnknownModels = [.. unknownModels.Select(model =>
                    new UnknownModel(model.Records.Label, model.Records.Count, places[model.Place]))],
                UnknownFields = [.. unknownFields.Select(field => new FieldDrift(field.Model, field.Field, field.Records, places[field.Place]))],
                DefaultedFields = [.. defaulted.Select(field => new FieldDrift(field.Model, field.Field, field.Records, places[field.Place]))],
            },
            ForeignKeys = enforcement,
            RecordCount = index.RecordCount,
            Plan = plan,
        };
    }

    private IEnumerable<KeyTable> Known() => plan.Models.Select(planned => tables[planned.Entity]).Where(table => table.Count > 0);

    private ModelKeys KeysOf(KeyTable table) =>
        readers.FirstOrDefault(reader => reader.Table == table)?.Keys ?? new ModelKeys(table.Entity.Label);

    private ModelCounts CountsOf(KeyTable table) => new()
    {
        Model = table.Entity.Label,
        Records = table.Count,
        Inserted = table.Taken,
        Existing = 0,
        Overwritten = 0,
        OutOfScope = table.Count - table.InScope,
        Dropped = table.InScope - table.Taken,
        ReferencesSetToNull = readers.Where(reader => reader.Table == table).SelectMany(reader => reader.WithChildren)
            .Sum(reader => reader.ReferencesSetToNull),
    };

    private List<(ModelLabel Model, string Field, long Records, int Place)> Drift(
        Func<RecordReader, IEnumerable<(string Field, long Records, PlaceRequest First)>> read) =>
    [
        .. readers.OrderBy(reader => reader.Entity.Label).SelectMany(reader => reader.WithChildren.SelectMany(read)
            .OrderBy(drift => drift.Field, StringComparer.Ordinal)
            .Select(drift => (reader.Entity.Label, drift.Field, drift.Records, Request(drift.First)))),
    ];

    private PlaceRequest PlaceOf(ModelLabel model, int rank)
    {
        var records = tables.Find(model)!.Records;
        return new PlaceRequest(
            records.OffsetOf(rank), $"/{records.ArrayIndexOf(rank)}", model, drops.Shown(records.Keys[rank]));
    }

    private int Request(PlaceRequest place)
    {
        _requests.Add(place);
        return _requests.Count - 1;
    }
}
