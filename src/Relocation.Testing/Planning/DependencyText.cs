using System.Text;

namespace Relocation.Testing.Planning;

/// <summary>Listings of dependencies for people, and what all forms of them are made of.</summary>
internal static class DependencyText
{
    internal static string Of(ModelDependencies dependencies, DependencyListing listing) => listing switch
    {
        DependencyListing.Detailed => string.Join("\n\n", dependencies.Model.Entities.Select(entity => Block(entity, dependencies.IsDangling(entity.Label)))),
        DependencyListing.Flat => string.Join('\n', dependencies.Model.Entities.Select(Line)),
        DependencyListing.Sorted => string.Join('\n', dependencies.Sorted),
        _ => string.Join('\n', dependencies.Tables),
    };

    /// <summary>What the application calls a reference, or whether the database enforces it.</summary>
    internal static string KindOf(RelocationReference reference) => reference.Kind ?? (reference.HasConstraint ? "ForeignKey" : "Reference");

    /// <summary>The models that a model refers to, each once, ordered.</summary>
    internal static IEnumerable<string> Targets(RelocationEntity entity) =>
        entity.AllReferences().Select(reference => reference.Target.Value).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal);

    /// <summary>The unique sets, each ordered and listed once, ordered by their names joined with colons.</summary>
    internal static IEnumerable<IReadOnlyList<string>> Uniques(RelocationEntity entity) => entity.Uniques
        .Select(unique => unique.Fields.Order(StringComparer.Ordinal).ToList())
        .DistinctBy(Joined)
        .OrderBy(Joined, StringComparer.Ordinal);

    /// <summary>The model's scopes in words.</summary>
    internal static string Scopes(RelocationEntity entity) => entity.Scopes.Count == 0 ? "every scope" : string.Join(" or ", entity.Scopes);

    private static string Joined(IReadOnlyList<string> names) => string.Join(':', names);

    private static string Line(RelocationEntity entity)
    {
        var targets = string.Join(", ", Targets(entity));
        return targets.Length == 0 ? entity.Label.Value : $"{entity.Label}: {targets}";
    }

    private static string Block(RelocationEntity entity, bool isDangling)
    {
        var text = new StringBuilder();
        text.Append(entity.Label).Append("\n  table ").AppendJoin(", ", TableNames.Of(entity)).Append("; ").Append(Scopes(entity));
        if (entity.Silos.Count > 0)
        {
            text.Append("; silo ").AppendJoin(" and ", entity.Silos);
        }

        text.Append(isDangling ? "; dangling" : string.Empty);
        foreach (var reference in entity.AllReferences().OrderBy(reference => reference.Name, StringComparer.Ordinal).DistinctBy(reference => reference.Name))
        {
            text.Append("\n  ").Append(reference.Name).Append(" -> ").Append(reference.Target).Append(", ").Append(KindOf(reference))
                .Append(Dangling.IsNullable(entity, reference) ? ", takes null" : string.Empty);
        }

        foreach (var dependency in entity.Dependencies.Order())
        {
            text.Append("\n  after ").Append(dependency);
        }

        foreach (var unique in Uniques(entity))
        {
            text.Append("\n  unique ").AppendJoin(", ", unique);
        }

        return text.ToString();
    }
}
