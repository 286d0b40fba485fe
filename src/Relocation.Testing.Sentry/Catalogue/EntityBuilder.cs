namespace Relocation.Testing.Sentry.Catalogue;

/// <summary>Turns a catalogue's models into entities.</summary>
internal sealed class EntityBuilder(SentryCatalogue catalogue, StoreTypes types)
{
    private const string KeyName = "id";

    internal IEnumerable<RelocationEntity> Build() => catalogue.Models.Select(model => Entity(model.Key, model.Value));

    private RelocationEntity Entity(string label, CatalogueModel model) => new()
    {
        Label = ModelLabel.Parse(label),
        Table = model.Table,
        Key = Key(model),
        Fields = [.. model.Fields.Select(field => Field(label, field.Key, field.Value))],
        References = [.. References(model)],
        Uniques = [.. model.Uniques.Select(Unique)],
        Indexes = model.Indexes,
        Checks = Checks(model),
        Dependencies = [.. model.After.Where(catalogue.Models.ContainsKey).Select(ModelLabel.Parse)],
        Scopes = model.Scopes,
        ScopeRule = Rule(model.ScopeRule),
        OrdinalFields = model.Ordinal,
        Silos = model.Silos,
        IsRoot = model.Root,
    };

    /// <summary>Number keys are counted up; a text key is made of the row's meaning, and preserved.</summary>
    private RelocationKey Key(CatalogueModel model)
    {
        var maxLength = StoreTypes.MaxLengthOf(model.Key);
        var type = maxLength is null ? FieldType.Integer : FieldType.Text;
        return new RelocationKey
        {
            Fields = [new RelocationField { Name = KeyName, Column = KeyName, Type = type, StoreType = types.Of(model.Key, type), MaxLength = maxLength }],
            Policy = type == FieldType.Integer ? KeyPolicy.Remap : KeyPolicy.Preserve,
            HasCounter = type == FieldType.Integer,
        };
    }

    private RelocationField Field(string label, string name, CatalogueField field)
    {
        var type = StoreTypes.FieldTypeOf(label, name, field);
        return new RelocationField
        {
            Name = name,
            Column = field.Column ?? name,
            Type = type,
            StoreType = types.Of(field.Type, type),
            IsNullable = field.IsNullable,
            MaxLength = StoreTypes.MaxLengthOf(field.Type),
            Encoding = StoreTypes.EncodingOf(field),
            Default = Default(field.Default),
            Element = type == FieldType.Array ? StoreTypes.ElementOf(field.Type) : null,
        };
    }

    private static FieldDefault? Default(CatalogueDefault? value) => value switch
    {
        { Constant: { } constant } => FieldDefault.Constant(constant.GetRawText()),
        { Now: { } offset } => offset == TimeSpan.Zero ? FieldDefault.Now : FieldDefault.After(offset),
        { Token: { } length } => FieldDefault.Token(length),
        { Guid: true } => FieldDefault.Guid,
        _ => null,
    };

    private IEnumerable<RelocationReference> References(CatalogueModel model)
    {
        foreach (var (name, field) in model.Fields)
        {
            if (field.Reference is { } reference)
            {
                // A model may refer to one of which backups hold no records; without its table nothing can be enforced.
                var isEnforced = reference.Constraint && catalogue.Models.ContainsKey(reference.To);
                yield return new RelocationReference
                {
                    Name = name,
                    Fields = [name],
                    Target = ModelLabel.Parse(reference.To),
                    Kind = reference.Kind,
                    HasConstraint = isEnforced,
                    IsDeferrable = isEnforced,
                    OnDelete = isEnforced ? OnDelete(reference.OnDelete) : null,
                };
            }
        }
    }

    /// <summary>The application deletes and clears referring rows by itself; tests that delete rows want the same of the database.</summary>
    private static string? OnDelete(string? action) => action switch
    {
        "CASCADE" => "CASCADE",
        "SET_NULL" => "SET NULL",
        _ => "NO ACTION",
    };

    private static UniqueSet Unique(CatalogueUnique unique) => new()
    {
        Name = unique.Name,
        Fields = unique.Fields,
        Condition = unique.Where,
        IsDeferrable = unique.Deferrable,
    };

    private static Dictionary<string, string> Checks(CatalogueModel model)
    {
        var checks = new Dictionary<string, string>(model.Checks, StringComparer.Ordinal);
        foreach (var (name, field) in model.Fields)
        {
            if (field.Min is { } least)
            {
                var column = field.Column ?? name;
                checks.Add($"{model.Table}_{column}_check", $"\"{column}\" >= {least}");
            }
        }

        return checks;
    }

    private static ScopeRule? Rule(CatalogueScopeRule? rule) => rule is null
        ? null
        : new ScopeRule { WhenAnySet = rule.WhenAnySet, Follow = rule.Follow, Then = rule.Then, Otherwise = rule.Otherwise };
}
