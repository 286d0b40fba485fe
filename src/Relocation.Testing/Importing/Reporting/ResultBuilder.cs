using Relocation.Testing.Backups;
using Relocation.Testing.Importing.Choosing;
using Relocation.Testing.Importing.Deciding;
using Relocation.Testing.Importing.Noting;
using Relocation.Testing.Importing.Reading;
using Relocation.Testing.Importing.Records;
using Relocation.Testing.Importing.Writing;

namespace Relocation.Testing.Importing.Reporting;

/// <summary>Puts an import's result together; the places of everything that it lists are found in one pass.</summary>
internal sealed class ResultBuilder(
    ImportContext context, BackupContent content, BackupIndex index, IReadOnlyCollection<RowReader> readers, Decisions decisions, bool keepsLines)
{
    private readonly ImportPlan _plan = context.Plan;
    private readonly KeyTables _tables = context.Tables;
    private readonly DropDecision _drops = decisions.Drops;
    private readonly List<PlaceRequest> _requests = [];
    private readonly ILookup<KeyTable, RowReader> _readersOf = readers.ToLookup(reader => reader.Table);

    internal async Task<ImportResult> BuildAsync(ForeignKeyEnforcement enforcement, ImportCommits commits, CancellationToken cancellationToken)
    {
        var jsonTexts = context.Noted.JsonTexts;
        var unknownModels = index.Models.Where(records => DeclaredDriftLog.IsUnknown(_plan.Model, records.Label)).OrderBy(records => records.Label)
            .Select(records => Place(records, records.PlaceOf(0, null))).ToList();
        var unknownFields = Drift(reader => reader.Drift.Unknown);
        var defaulted = Drift(reader => reader.DefaultedColumns.Where(column => !column.Field.IsDefaultDeclared)
            .Select(column => new CountedField(reader.Path + column.Field.Name, column.Defaulted, column.FirstDefaulted)));
        var shortened = Drift(
            reader => reader.ShortenedColumns
                .Select(column => new CountedField(reader.Path + column.Field.Name, column.Shortened, column.FirstShortened)),
            within => within.HasShortened);
        var declared = DeclaredDriftLog.Collect(_plan.Model, index, readers).Select(found => Place(found.Drift, found.First)).ToList();
        var dropped = _drops.Dropped.Select(drop => Place(drop, PlaceOf(drop.Model, drop.Rank))).ToList();

        var droppedElements = context.DroppedElements.Select(element => Place(element, element.Place)).ToList();
        var firstInText = RequestFirst(jsonTexts.FirstInText);
        var firstNewer = RequestFirst(jsonTexts.FirstNewer);
        var places = await PlaceFinder.FindAsync(content, _requests, cancellationToken).ConfigureAwait(false);
        List<UnknownModel> unknown =
            [.. unknownModels.Select(model => new UnknownModel(model.Of.Label, model.Of.Count, places[model.Place]))];
        return new ImportResult
        {
            Lines = keepsLines ? await RecordLines.CountAsync(content, index, cancellationToken).ConfigureAwait(false) : null,
            Map = new PrimaryKeyMap([.. Known().Select(_tables.ToMap)]),
            Models = [.. Known().Select(CountsOf)],
            Members = [.. Known().SelectMany(MembersOf)],
            Dropped = [.. dropped.OrderBy(drop => _tables.Find(drop.Of.Model)!.Records.ArrayIndexOf(drop.Of.Rank))
                .Select(drop => new DroppedRecord(places[drop.Place], _drops.ChainOf(drop.Of))
                {
                    Rule = _drops.RuleOf(drop.Of),
                })],
            DroppedElements = [.. droppedElements.OrderBy(dropped => dropped.Of.Place.Offset)
                .Select(dropped => new DroppedRecord(places[dropped.Place], _drops.ChainOf(dropped.Of)))],
            Filtered = decisions.Filters.Counts,
            Drift = new DriftReport
            {
                UnknownModels = unknown,
                UnknownFields = At(unknownFields, places),
                Declared = [.. declared.Select(found => found.Of with { First = places[found.Place] })],
                DefaultedFields = At(defaulted, places),
            },
            Shortened = At(shortened, places),
            Findings = [.. ImportFindings.Of(_plan, index, _tables, context.Options.Scope, decisions.Filters, unknown), .. ImportFindings.OfSeeds(context.Seeds)],
            JsonTexts = jsonTexts.IsEmpty ? null : jsonTexts.ToReport(PlaceAt(firstInText), PlaceAt(firstNewer)),
            ForeignKeys = enforcement,
            CommittedChunks = commits.Chunks.Committed,
            ResumedChunks = commits.Chunks.Resumed,
            RecordCount = index.RecordCount,
            Plan = _plan,
        };

        RecordPlace? PlaceAt(int? request) => request is { } at ? places[at] : null;
    }

    private IEnumerable<KeyTable> Known() => context.Models.Where(table => table.Count > 0);

    /// <summary>Counts for the members of a model's records; the types of a hierarchy share members.</summary>
    private IEnumerable<MemberCounts> MembersOf(KeyTable table) => _readersOf[table]
        .SelectMany(reader => reader.WithChildren).SelectMany(reader => reader.Children)
        .GroupBy(child => child.Reader.Path[..^1], child => child.Counts)
        .Select(counts => new MemberCounts
        {
            Model = table.Entity.Label,
            Member = counts.Key,
            Elements = counts.Sum(count => count.Read + count.OfExisting),
            Inserted = counts.Sum(count => count.Read - count.Existing - count.Dropped),
            Existing = counts.Sum(count => count.Existing),
            OfExisting = counts.Sum(count => count.OfExisting),
            Dropped = counts.Sum(count => count.Dropped),
        })
        .Where(counts => counts.Elements > 0)
        .OrderBy(counts => counts.Member, StringComparer.Ordinal);

    private ModelCounts CountsOf(KeyTable table) => new()
    {
        Model = table.Entity.Label,
        Records = table.Count,
        Inserted = table.Taken,
        Existing = table.CountOf(RecordState.Existing),
        Overwritten = table.CountOf(RecordState.Overwritten),
        OutOfScope = table.CountOf(RecordState.OutOfScope),
        Filtered = table.CountOf(RecordState.Filtered),
        Dropped = table.CountOf(RecordState.Dropped),
        ReferencesSetToNull = _readersOf[table].SelectMany(reader => reader.WithChildren).Sum(reader => reader.ReferencesSetToNull),
    };

    private List<Placed<FieldDrift>> Drift(Func<RowReader, IEnumerable<CountedField>> read, Predicate<RowReader>? has = null)
    {
        var drifted = readers.Where(reader => Array.Exists(reader.WithChildren, has ?? (within => within.HasDrifted))).ToList();
        return drifted.Count == 0 ? []
            : [.. drifted.OrderBy(reader => reader.Entity.Label).SelectMany(reader => reader.WithChildren.SelectMany(read)
                .OrderBy(drift => drift.Field, StringComparer.Ordinal)
                .Select(drift => Place(new FieldDrift(reader.Entity.Label, drift.Field, drift.Records, DeclaredDriftLog.Nowhere), drift.First)))];
    }

    private static IReadOnlyList<FieldDrift> At(List<Placed<FieldDrift>> fields, IReadOnlyList<RecordPlace> places) =>
        [.. fields.Select(field => field.Of with { First = places[field.Place] })];

    private PlaceRequest PlaceOf(ModelLabel model, int rank)
    {
        var records = index.Find(model)!;
        return records.PlaceOf(rank, context.Problems.Shown(records.Keys[rank])) with { Rank = rank };
    }

    private int? RequestFirst(RecordRank? first) => first is { } found ? Request(PlaceOf(found.Model, found.Rank)) : null;

    private Placed<T> Place<T>(T listed, PlaceRequest place)
        where T : class =>
        new(listed, Request(place));

    private int Request(PlaceRequest place)
    {
        _requests.Add(place);
        return _requests.Count - 1;
    }
}
