namespace Relocation.Testing.Specification.Checking;

/// <summary>Which records a scope takes, by the model's facts alone.</summary>
internal static class ExpectedScope
{
    internal static IReadOnlyList<SourceRecord> Taken(IReadOnlyList<SourceRecord> records, RelocationModel model, ImportScope scope)
    {
        var byName = records.Where(record => record.Entity is not null)
            .ToDictionary(record => CheckedItem.NameOf(record.Entity!.Label.Value, record.Key));
        return [.. records.Where(record => record.Entity is { } entity
            && (entity.Scopes.Count == 0 || (ScopeOf(record) is { } one ? scope.Takes(one) : entity.Scopes.Any(scope.Takes))))];

        string? ScopeOf(SourceRecord record) => record.Entity switch
        {
            { ScopeRule: { Follow: { } name } rule } entity => Target(record, entity.References.Single(reference => reference.Name == name)) is { } target
                ? ScopeOf(target)
                : rule.Otherwise,
            { ScopeRule: { } rule } entity => rule.WhenAnySet.Any(name => record.Find(entity.FindField(name)!) is { ValueKind: not System.Text.Json.JsonValueKind.Null })
                ? rule.Then
                : rule.Otherwise,
            _ => null,
        };

        SourceRecord? Target(SourceRecord record, RelocationReference reference)
        {
            var target = model.Find(reference.Target)!;
            return record.KeyOf(reference, target) is { } key ? byName.GetValueOrDefault(CheckedItem.NameOf(target.Label.Value, key)) : null;
        }
    }
}
