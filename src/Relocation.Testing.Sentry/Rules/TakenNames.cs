namespace Relocation.Testing.Sentry.Rules;

/// <summary>Finds which of many names are taken: one query for all, and one more if some are.</summary>
internal static class TakenNames
{
    /// <summary>
    /// The taken names, regardless of case, as far as they matter: of each record's first candidate, and of all candidates if the first one
    /// is taken.
    /// </summary>
    /// <param name="session">The import.</param>
    /// <param name="models">The models whose rows have names.</param>
    /// <param name="field">The names' field.</param>
    /// <param name="names">The records' names, in the order in which they are chosen.</param>
    /// <param name="isTaken">Whether an earlier record has a name.</param>
    /// <param name="cancellationToken">Cancels the import.</param>
    internal static async Task<IReadOnlySet<string>> FindAsync(
        ImportSession session,
        IReadOnlyList<ModelLabel> models,
        string field,
        IReadOnlyList<UniqueName> names,
        Func<string, bool> isTaken,
        CancellationToken cancellationToken)
    {
        var taken = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        await AddAsync(names.Select(name => name.First)).ConfigureAwait(false);

        // A record that needs another name may get any of its candidates, which may be a later record's first one.
        var claimed = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        var others = new List<string>();
        foreach (var name in names)
        {
            var first = name.First;
            if (!claimed.Add(first) || taken.Contains(first) || isTaken(first))
            {
                var candidates = name.Candidates.Skip(1).ToList();
                claimed.UnionWith(candidates);
                others.AddRange(candidates);
            }
        }

        await AddAsync(others).ConfigureAwait(false);
        return taken;

        async Task AddAsync(IEnumerable<string> candidates)
        {
            var asked = candidates.Distinct(StringComparer.OrdinalIgnoreCase).ToList();
            foreach (var model in asked.Count == 0 ? [] : models)
            {
                taken.UnionWith(await FindAsync(session, model, field, asked, cancellationToken).ConfigureAwait(false));
            }
        }
    }

    /// <summary>Which of some names rows of a model have, regardless of case.</summary>
    internal static async Task<IReadOnlySet<string>> FindAsync(
        ImportSession session, ModelLabel model, string field, IReadOnlyList<string> names, CancellationToken cancellationToken)
    {
        var taken = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        if (names.Count == 0)
        {
            return taken;
        }

        var found = await session.FindRowsAsync(
            model, [field], [.. names.Select(name => (IReadOnlyList<object?>)[name])], ignoreCase: true, cancellationToken)
            .ConfigureAwait(false);
        taken.UnionWith(names.Where((_, index) => found[index] is not null));
        return taken;
    }
}
