namespace Relocation.Testing.Backups;

/// <summary>Collects what is wrong with a backup: counts all problems, keeps the first ones in the order of the text.</summary>
internal sealed class ProblemLog
{
    private const int Most = 10;

    private readonly List<PendingProblem> _kept = [];

    internal long Count { get; private set; }

    internal void Add(BackupProblemKind kind, PlaceRequest place, string message) => Add(new PendingProblem(kind, place, message));

    internal void Add(PendingProblem problem)
    {
        Count++;
        var index = _kept.FindLastIndex(other => other.Place.Offset <= problem.Place.Offset) + 1;
        if (index == Most)
        {
            return;
        }

        _kept.Insert(index, problem);
        if (_kept.Count > Most)
        {
            _kept.RemoveAt(Most);
        }
    }

    /// <summary>Adds that a record has the key of an earlier one; both places are the records', and the label is the earlier one's where the two differ.</summary>
    internal void AddDuplicate(PlaceRequest place, PlaceRequest first, ModelLabel? firstLabel) =>
        Add(new PendingProblem(BackupProblemKind.DuplicateKey, place, string.Empty, first, firstLabel));

    /// <summary>Works out the places and makes the exception that lists the problems.</summary>
    internal async Task<BackupFormatException> ToExceptionAsync(BackupContent content, CancellationToken cancellationToken)
    {
        await LocateKeysAsync(content, cancellationToken).ConfigureAwait(false);
        var requests = _kept.Select(problem => problem.Place).Concat(_kept.Select(problem => problem.First ?? problem.Place));
        var places = await PlaceFinder.FindAsync(content, [.. requests], cancellationToken).ConfigureAwait(false);
        var problems = _kept.Select((problem, index) => new BackupProblem(
            problem.Kind,
            problem switch
            {
                { First: null } => problem.Message,
                { FirstLabel: { } label } => BackupErrors.DuplicateKeyOfHierarchy(label, places[_kept.Count + index]),
                _ => BackupErrors.DuplicateKey(places[_kept.Count + index]),
            },
            places[index]));
        return BackupErrors.BackupHasProblems(content.Name, [.. problems], Count);
    }

    private async Task LocateKeysAsync(BackupContent content, CancellationToken cancellationToken)
    {
        var doubled = Enumerable.Range(0, _kept.Count).Where(index => _kept[index].First is not null).ToList();
        var records = doubled.SelectMany(index => new[] { _kept[index].Place, _kept[index].First ?? default }).ToList();
        var keys = await KeyLocator.LocateAsync(content, records, cancellationToken).ConfigureAwait(false);
        for (var i = 0; i < doubled.Count; i++)
        {
            _kept[doubled[i]] = _kept[doubled[i]] with { Place = keys[2 * i], First = keys[(2 * i) + 1] };
        }
    }
}
