using System.Collections;
using System.Globalization;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Relocation.Testing.Specification.Checking;

namespace Relocation.Testing.Specification.Models;

/// <summary>Reads imported records through EF Core, as an application would, and compares every value with the backup's.</summary>
/// <param name="context">A context of the database.</param>
/// <param name="model">The model that the backup was imported with.</param>
/// <param name="map">The pk map, by which records are found and references are followed.</param>
internal sealed class EntityReadBack(DbContext context, RelocationModel model, PrimaryKeyMap map)
{
    private int _compared;

    /// <summary>Compares all records; returns how many values there were.</summary>
    internal async Task<int> CompareAsync(IEnumerable<SourceRecord> records)
    {
        foreach (var record in records)
        {
            var type = TypeOf(record.Entity!);
            var row = await FindAsync(type, map.NewKey(record.Entity!.Label, record.ToKey()));
            Assert.True(row is not null, $"{record.Label} {record.Key} is no entity.");
            Compare(record, type, row, string.Empty);
        }

        return _compared;
    }

    private static string Snake(string name) => JsonNamingPolicy.SnakeCaseLower.ConvertName(name);

    private IEntityType TypeOf(RelocationEntity entity) =>
        context.Model.GetEntityTypes().Single(type => type.GetTableName() == entity.Table && !type.IsOwned());

    private async Task<object?> FindAsync(IEntityType type, RecordKey key)
    {
        var values = type.FindPrimaryKey()!.Properties.Zip(key.Parts.ToArray(), (property, part) => part.Kind switch
        {
            RecordKeyKind.Integer => Convert.ChangeType(part.AsInteger(), property.ClrType, CultureInfo.InvariantCulture),
            RecordKeyKind.Guid => part.AsGuid(),
            _ => (object)part.AsText(),
        }).ToArray();
        if (!type.HasSharedClrType)
        {
            return await context.FindAsync(type.ClrType, values, TestContext.Current.CancellationToken);
        }

        // The entity of a many-to-many has no class of its own.
        var rows = await context.Set<Dictionary<string, object>>(type.Name).ToListAsync(TestContext.Current.CancellationToken);
        var names = type.FindPrimaryKey()!.Properties.Select(property => property.Name);
        return rows.SingleOrDefault(row => names.Select(name => row[name]).SequenceEqual(values));
    }

    private void Compare(SourceRecord record, ITypeBase type, object row, string path)
    {
        foreach (var property in type.GetProperties().Where(property => !property.IsShadowProperty()))
        {
            CompareProperty(record, property, property.GetGetter().GetClrValue(row), path);
        }

        foreach (var complex in type.GetComplexProperties())
        {
            Compare(record, complex.ComplexType, complex.GetGetter().GetClrValue(row)!, $"{path}{Snake(complex.Name)}.");
        }

        foreach (var owned in (type as IEntityType)?.GetNavigations().Where(navigation => navigation.TargetEntityType.IsOwned()) ?? [])
        {
            var value = owned.GetGetter().GetClrValue(row);
            if (owned.TargetEntityType.IsMappedToJson())
            {
                var json = record.Find(record.Entity!.FindField(path + Snake(owned.Name))!);
                var expected = json is { ValueKind: not JsonValueKind.Null } ? json.Value.Deserialize(owned.ClrType) : null;
                Assert.Equal(JsonSerializer.Serialize(expected), JsonSerializer.Serialize(value));
                _compared++;
            }
            else
            {
                Compare(record, owned.TargetEntityType, value!, $"{path}{Snake(owned.Name)}.");
            }
        }
    }

    private void CompareProperty(SourceRecord record, IProperty property, object? actual, string path)
    {
        var entity = record.Entity!;
        var name = path + Snake(property.Name);
        var reference = entity.References.FirstOrDefault(reference => reference.Fields.Contains(name));
        object? expected;
        if (reference is not null)
        {
            var target = model.Find(reference.Target)!;
            var part = reference.Fields.ToList().IndexOf(name);
            expected = record.KeyOf(reference, target) is { } key ? Part(NewKey(target, key), part) : null;
            actual = actual is Guid or string or null ? actual : Convert.ToInt64(actual, CultureInfo.InvariantCulture);
        }
        else if (entity.Key.Fields.Any(field => field.Name == name))
        {
            return;
        }
        else
        {
            var json = record.Find(entity.FindField(name)!);
            expected = json is { ValueKind: not JsonValueKind.Null } ? Read(json.Value, property) : null;
        }

        var what = $"{record.Label} {record.Key} {name}";
        _compared++;
        if (expected is IEnumerable list and not string)
        {
            Assert.Equal((what, Join(list)), (what, Join((IEnumerable)actual!)));
        }
        else
        {
            Assert.Equal((what, expected), (what, actual));
        }
    }

    private RecordKey NewKey(RelocationEntity target, string oldKey) =>
        map.Of(target.Label).Single(mapping => string.Join('|', mapping.Old.Parts.ToArray()
            .Select(part => part.Kind == RecordKeyKind.Text ? part.AsText() : part.ToString())) == oldKey).New;

    private static object Part(RecordKey key, int part) => key.Parts[part].Kind switch
    {
        RecordKeyKind.Integer => key.Parts[part].AsInteger(),
        RecordKeyKind.Guid => key.Parts[part].AsGuid(),
        _ => key.Parts[part].AsText(),
    };

    private static string Join(IEnumerable list) => string.Join('|', list.Cast<object>());

    /// <summary>The value that the property has in the application.</summary>
    private static object? Read(JsonElement json, IProperty property)
    {
        var type = Nullable.GetUnderlyingType(property.ClrType) ?? property.ClrType;
        var invariant = CultureInfo.InvariantCulture;
        if (type.IsEnum)
        {
            return json.ValueKind == JsonValueKind.String ? Enum.Parse(type, json.GetString()!) : Enum.ToObject(type, json.GetInt64());
        }

        return type switch
        {
            _ when type == typeof(Shop.Money) => new Shop.Money(json.GetInt64()),
            _ when type == typeof(Shop.EmailAddress) => new Shop.EmailAddress(json.GetString()!),
            _ when type == typeof(TimeSpan) => TimeSpan.ParseExact(json.GetString()!, "c", invariant),
            _ when type == typeof(TimeOnly) => TimeOnly.Parse(json.GetString()!, invariant),
            _ when type == typeof(byte[]) => json.GetBytesFromBase64(),
            _ when type == typeof(DateTimeOffset) => DateTimeOffset.Parse(json.GetString()!, invariant, DateTimeStyles.AssumeUniversal).ToUniversalTime(),
            _ when type == typeof(DateTime) => DateTime.Parse(json.GetString()!, invariant),
            _ when type == typeof(decimal) && json.ValueKind == JsonValueKind.String => decimal.Parse(json.GetString()!, invariant),
            _ => json.Deserialize(type),
        };
    }
}
