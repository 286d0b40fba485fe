using Relocation.Testing.Texts;

namespace Relocation.Testing.Modeling;

/// <summary>The messages about models: what is wrong, where, what to do.</summary>
internal static class ModelErrors
{
    internal static RelocationModelException ModelDoesNotFit(string name, IReadOnlyList<string> problems) =>
        new($"Model '{name}' cannot be used: {ErrorText.Listed(problems, problems.Count)}", problems);

    /// <summary>A model by its class, or else by its table.</summary>
    internal static string Described(RelocationEntity entity) =>
        entity.ClrType is { } type ? $"class '{type.FullName}'" : $"that of table '{entity.Table}'";

    internal static ArgumentException EmptyBackupName() =>
        new("A label or field that backups hold has no name here. Give its name as backups write it.");

    internal static RelocationModelException NamedWithoutLabel(string entity, string label)
    {
        var problem = $"RelocationModelOptions.Label names entity '{entity}' '{label}', which is no label. A label is 'app.model', for "
            + "example 'shop.order'.";
        return new RelocationModelException(problem, [problem]);
    }
}
