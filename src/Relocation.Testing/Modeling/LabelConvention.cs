using Microsoft.EntityFrameworkCore.Metadata;

namespace Relocation.Testing.Modeling;

/// <summary>Gives the entities of a context their labels: by annotation, attribute, naming function, or <c>app.entity</c>.</summary>
internal sealed class LabelConvention
{
    private readonly RelocationModelOptions _options;
    private readonly string _app;

    internal LabelConvention(Type contextType, RelocationModelOptions options)
    {
        _options = options;
        _app = options.App ?? Lower(WithoutSuffix(WithoutSuffix(contextType.Name, "Context"), "Db"));
    }

    internal ModelLabel Of(IReadOnlyEntityType entity)
    {
        if (AnnotatedFacts.LabelOf(entity) is { } given)
        {
            return given;
        }

        if (_options.Label?.Invoke(entity) is { } named)
        {
            return ModelLabel.TryParse(named, out var label) ? label : throw ModelErrors.NamedWithoutLabel(entity.DisplayName(), named);
        }

        var name = (entity.HasSharedClrType ? entity.Name : entity.ClrType.Name).Split('`')[0];
        return ModelLabel.Parse($"{_app}.{(_options.Style == LabelStyle.Snake ? Lower(EntityFieldReader.SnakeCase(name)) : Lower(name))}");
    }

    private static string WithoutSuffix(string name, string suffix) =>
        name.Length > suffix.Length && name.EndsWith(suffix, StringComparison.Ordinal) ? name[..^suffix.Length] : name;

    private static string Lower(string name) => name.Replace('.', '_').ToLowerInvariant();
}
