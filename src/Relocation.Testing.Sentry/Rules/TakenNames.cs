namespace Relocation.Testing.Sentry.Rules;

/// <summary>Asks in one query which of many candidate names are taken.</summary>
internal static class TakenNames
{
    /// <summary>The candidates that rows of a model have already, in any case of letters.</summary>
    internal static async Task<IReadOnlySet<string>> FindAsync(
        ImportSession session, ModelLabel model, string field, IEnumerable<UniqueName> names, CancellationToken cancellationToken)
    {
        var candidates = names.SelectMany(name => name.Candidates).Distinct(StringComparer.OrdinalIgnoreCase).ToList();
        var taken = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        if (candidates.Count == 0)
        {
            return taken;
        }

        var found = await session.FindRowsAsync(
            model, [field], [.. candidates.Select(candidate => (IReadOnlyList<object?>)[candidate])], ignoreCase: true, cancellationToken)
            .ConfigureAwait(false);
        taken.UnionWith(candidates.Where((_, index) => found[index] is not null));
        return taken;
    }
}
