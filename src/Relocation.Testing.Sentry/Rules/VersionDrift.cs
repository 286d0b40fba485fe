using System.Globalization;
using System.Text.Json;

namespace Relocation.Testing.Sentry.Rules;

/// <summary>
/// What one backup holds that the version differs in, found in the first pass: values and records without a place, records that would give more
/// access, positions of views and widgets (docs/sentry-versions.md).
/// </summary>
internal sealed class VersionDrift
{
    private const string Position = "position";
    private const string Order = "order";
    private const string Secret = "client_secret";

    private readonly RelocationModel _model;
    private readonly SentryImportOptions _options;
    private readonly IReadOnlyList<Narrowing> _narrowings;
    private readonly IReadOnlyList<VersionLoss> _losses;
    private readonly Dictionary<ModelLabel, string> _models;
    private readonly Dictionary<ModelLabel, IReadOnlyList<string>> _rawFields = [];
    private readonly Dictionary<(ModelLabel Model, RecordKey Key), Narrowing> _narrowed = [];
    private readonly Dictionary<(string Rule, ModelLabel Model, string? Field), (long Records, int First)> _lost = [];
    private readonly Dictionary<RecordKey, FormerView> _views = [];
    private readonly List<(RecordKey View, long User, long Position, int Index)> _stars = [];
    private readonly Dictionary<RecordKey, (long Dashboard, long? Order)> _widgets = [];
    private Dictionary<RecordKey, long>? _positions;
    private Dictionary<RecordKey, long>? _orders;
    private long _publicClients;

    internal VersionDrift(RelocationModel model, SentryImportOptions options)
    {
        _model = model;
        _options = options;
        _narrowings = [.. Narrowing.Of(model)];
        _losses = [.. VersionLoss.Values.Where(loss => model.FindOwn(ModelLabel.Parse(loss.Label)) is { } entity && !entity.Has(loss.Field))];
        _models = VersionLoss.Models.Select(lost => (Label: ModelLabel.Parse(lost.Label), lost.Rule))
            .Where(lost => model.Find(lost.Label) is null && !VersionLoss.Lossless.Contains(lost.Label.Value)).ToDictionary(lost => lost.Label, lost => lost.Rule);
        var wanted = _narrowings.Select(narrowing => (narrowing.Model, narrowing.Field))
            .Concat(_losses.Select(loss => (Model: ModelLabel.Parse(loss.Label), loss.Field))).ToList();
        wanted.AddRange(StarsViews || PlacesViews
            ? new[] { Position, "user_id", "organization", "date_added", "date_updated" }.Select(field => (Labels.GroupSearchView, field)) : []);
        wanted.AddRange(PlacesViews ? new[] { "user_id", "group_search_view", Position }.Select(field => (Labels.GroupSearchViewStarred, field)) : []);
        wanted.AddRange(OrdersWidgets ? new[] { "dashboard", Order }.Select(field => (Labels.DashboardWidget, field)) : []);
        wanted.AddRange(MakesSecrets ? [(Labels.ApiApplication, Secret)] : []);
        foreach (var fields in wanted.GroupBy(field => field.Item1, field => field.Item2))
        {
            _rawFields[fields.Key] = [.. fields.Distinct(StringComparer.Ordinal)];
        }

        foreach (var label in _models.Keys)
        {
            _rawFields.TryAdd(label, []);
        }
    }

    /// <summary>The fields to read from backups.</summary>
    internal IReadOnlyDictionary<ModelLabel, IReadOnlyList<string>> RawFields => _rawFields;

    /// <summary>Whether a view's position becomes a star (rule V-1).</summary>
    internal bool StarsViews => _model.Find(Labels.GroupSearchViewStarred) is not null && _model.Find(Labels.GroupSearchView)?.Has(Position) == false;

    /// <summary>Whether a star becomes the view's position (rule V-1).</summary>
    internal bool PlacesViews => _model.Find(Labels.GroupSearchViewStarred) is null && _model.Find(Labels.GroupSearchView)?.Has(Position) == true;

    /// <summary>Whether every widget needs a place of its own (rule F-9).</summary>
    internal bool OrdersWidgets => _model.Find(Labels.DashboardWidget)?.Fields.Any(other => other is { Name: Order, IsNullable: false }) == true;

    /// <summary>Whether every application needs a secret (rule F-19).</summary>
    internal bool MakesSecrets => _model.Find(Labels.ApiApplication)?.Fields.Any(other => other is { Name: Secret, IsNullable: false }) == true;

    /// <summary>The views that older versions kept in order, with their positions.</summary>
    internal IReadOnlyDictionary<RecordKey, FormerView> Views => _views;

    /// <summary>The models of whose records some may give more access.</summary>
    internal IEnumerable<ModelLabel> NarrowedModels => _narrowings.Select(narrowing => narrowing.Model).Distinct();

    internal void Read(RawRecord record)
    {
        if (_models.TryGetValue(record.Model, out var rule))
        {
            Lose(rule, record, null);
            return;
        }

        foreach (var narrowing in _narrowings.Where(narrowing => narrowing.Model == record.Model && narrowing.Narrows(record[narrowing.Field])))
        {
            _narrowed.TryAdd((record.Model, record.Key), narrowing);
        }

        foreach (var loss in _losses.Where(loss => loss.Label == record.Model.Value && record[loss.Field] is { } value && loss.IsLost(value)))
        {
            Lose(loss.Rule, record, loss.Field);
        }

        ReadPlaces(record);
    }

    /// <summary>Says what is lost or done otherwise.</summary>
    internal void Choose(RecordSelection selection)
    {
        foreach (var ((rule, label, field), (records, first)) in _lost.OrderBy(lost => lost.Key.Model).ThenBy(lost => lost.Key.Field, StringComparer.Ordinal))
        {
            selection.Report(new ImportFinding(ImportFindingKind.NoPlace, Errors.NoPlace(label, field, records, first, rule, _model.Name)) { Model = label, Records = records });
        }

        foreach (var model in NarrowedModels)
        {
            foreach (var group in selection.Of(model).Select(record => NarrowingOf(model, record.Key)).OfType<Narrowing>().GroupBy(narrowing => narrowing))
            {
                var isImported = PolicyOf(group.Key) == WideningPolicy.Nearest && group.Key.Nearest is not null;
                selection.Report(new ImportFinding(ImportFindingKind.WiderAccess, Errors.WiderAccess(group.Key, group.LongCount(), isImported, _model.Name))
                {
                    Model = model,
                    Records = group.LongCount(),
                });
            }
        }

        ReportMeanings(selection);
    }

    /// <summary>Why a record would give more access, or null.</summary>
    internal Narrowing? NarrowingOf(ModelLabel model, RecordKey key) => _narrowed.GetValueOrDefault((model, key));

    /// <summary>What happens to records that would give more access.</summary>
    internal WideningPolicy PolicyOf(Narrowing narrowing) =>
        (narrowing.Model == Labels.User ? _options.SuspendedUsers : _options.Widening) is var asked and not WideningPolicy.ByRule ? asked : narrowing.Usual;

    /// <summary>
    /// The position that a view takes (rule V-1): that of its user's own star, else the next that is free among those of its user and
    /// organization, in the order of keys.
    /// </summary>
    internal long? PositionOf(RecordKey view) => (_positions ??= Positions()).TryGetValue(view, out var position) ? position : null;

    /// <summary>The place of a widget in a dashboard whose places are missing or doubled (rule F-9); null where they are not.</summary>
    internal long? OrderOf(RecordKey widget) => (_orders ??= Orders()).TryGetValue(widget, out var order) ? order : null;

    private void Lose(string rule, RawRecord record, string? field)
    {
        var lost = (rule, record.Model, field);
        _lost[lost] = _lost.TryGetValue(lost, out var known) ? (known.Records + 1, known.First) : (1, record.Index);
    }

    private void ReadPlaces(RawRecord record)
    {
        if (record.Model == Labels.GroupSearchView && (StarsViews || PlacesViews))
        {
            _views[record.Key] = new FormerView(
                Number(record["user_id"]), Number(record["organization"]), Number(record[Position]), Moment(record["date_added"]), Moment(record["date_updated"]));
        }
        else if (record.Model == Labels.GroupSearchViewStarred && PlacesViews
            && (Number(record["group_search_view"]), Number(record["user_id"]), Number(record[Position])) is ({ } view, { } user, { } position))
        {
            _stars.Add((RecordKey.From(view), user, position, record.Index));
        }
        else if (record.Model == Labels.DashboardWidget && OrdersWidgets && Number(record["dashboard"]) is { } dashboard)
        {
            _widgets[record.Key] = (dashboard, Number(record[Order]));
        }
        else if (record.Model == Labels.ApiApplication && record[Secret] is { ValueKind: JsonValueKind.Null })
        {
            _publicClients++;
        }
    }

    private void ReportMeanings(RecordSelection selection)
    {
        var others = _stars.Where(star => _views.TryGetValue(star.View, out var view) && view.User != star.User).ToList();
        if (others.Count > 0)
        {
            var label = Labels.GroupSearchViewStarred;
            selection.Report(new ImportFinding(
                ImportFindingKind.NoPlace, Errors.NoPlace(label, null, others.Count, others[0].Index, "V-1", _model.Name)) { Model = label, Records = others.Count });
        }

        Changed(Labels.DashboardWidget, (_orders ??= Orders()).Count, "F-9", "their dashboards' widgets had no place or shared one, and were numbered");
        Changed(Labels.ApiApplication, _publicClients, "F-19", "they had no secret, and were given one: they are public clients no more");
        if (_model.Find(Labels.Workflow) is not null
            && !selection.Of(Labels.AlertRuleWorkflow).Any() && !selection.Of(Labels.AlertRuleDetector).Any())
        {
            var rules = selection.Of(Labels.Rule).LongCount() + selection.Of(Labels.AlertRule).LongCount();
            Changed(Labels.Rule, rules, "A-2", "alerts of this version run through workflows, of which the backup has none for them: they will not fire");
        }

        void Changed(ModelLabel label, long records, string rule, string what)
        {
            if (records > 0)
            {
                selection.Report(new ImportFinding(ImportFindingKind.OtherMeaning, Errors.OtherMeaning(label, records, what, rule)) { Model = label, Records = records });
            }
        }
    }

    private Dictionary<RecordKey, long> Positions()
    {
        var positions = new Dictionary<RecordKey, long>();
        foreach (var star in _stars.Where(star => _views.TryGetValue(star.View, out var view) && view.User == star.User))
        {
            positions.TryAdd(star.View, star.Position);
        }

        foreach (var group in _views.Where(view => view.Value.Position is null).GroupBy(view => (view.Value.User, view.Value.Organization)))
        {
            var taken = _views.Where(view => (view.Value.User, view.Value.Organization) == group.Key)
                .Select(view => view.Value.Position ?? (positions.TryGetValue(view.Key, out var own) ? own : null as long?)).OfType<long>().ToHashSet();
            var next = 0L;
            foreach (var (key, _) in group.Where(view => !positions.ContainsKey(view.Key)).OrderBy(view => view.Key))
            {
                while (!taken.Add(next))
                {
                    next++;
                }

                positions[key] = next;
            }
        }

        return positions;
    }

    private Dictionary<RecordKey, long> Orders()
    {
        var orders = new Dictionary<RecordKey, long>();
        foreach (var dashboard in _widgets.GroupBy(widget => widget.Value.Dashboard))
        {
            var known = dashboard.Select(widget => widget.Value.Order).ToList();
            if (known.Contains(null) || known.Distinct().Count() < known.Count)
            {
                var place = 0L;
                foreach (var (key, _) in dashboard.OrderBy(widget => widget.Value.Order ?? long.MaxValue).ThenBy(widget => widget.Key))
                {
                    orders[key] = place++;
                }
            }
        }

        return orders;
    }

    private static long? Number(JsonElement? value) =>
        value is { ValueKind: JsonValueKind.Number } number && number.TryGetInt64(out var read) ? read : null;

    private static DateTimeOffset? Moment(JsonElement? value) => value is { ValueKind: JsonValueKind.String } text
        && DateTimeOffset.TryParse(text.GetString(), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var moment) ? moment : null;
}
