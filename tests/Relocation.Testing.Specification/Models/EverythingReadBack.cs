using System.Collections;
using System.Globalization;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata;

namespace Relocation.Testing.Specification.Models;

/// <summary>Reads imported records of any model through EF Core and compares every value with the backup's.</summary>
/// <param name="context">A context of the database.</param>
/// <param name="model">The model that the backup was imported with.</param>
/// <param name="map">The pk map, by which records are found and references are followed.</param>
/// <param name="defaults">What the database gives properties that a record does not have, by name.</param>
internal sealed class EverythingReadBack(
    DbContext context, RelocationModel model, PrimaryKeyMap map, IReadOnlyDictionary<string, object> defaults)
{
    private static readonly JsonSerializerOptions Options = new() { NumberHandling = System.Text.Json.Serialization.JsonNumberHandling.AllowReadingFromString };

    private readonly Dictionary<string, JsonElement> _ofLinks = [];
    private int _compared;

    /// <summary>Compares all records and all rows of join tables; returns how many values there were.</summary>
    internal async Task<int> CompareAsync(JsonElement records)
    {
        var links = await CompareRecordsAsync(records);
        var rows = new List<string>();
        foreach (var join in context.Model.GetEntityTypes().Where(type => type.HasSharedClrType && !type.IsOwned()))
        {
            rows.AddRange((await context.Set<Dictionary<string, object>>(join.Name).AsNoTracking().ToListAsync(TestContext.Current.CancellationToken))
                .Select(row => LinkOf(join, property => row[property.Name])));
        }

        if (context.Model.FindEntityType(typeof(Everything.Membership)) is { } membership)
        {
            foreach (var row in await context.Set<Everything.Membership>().AsNoTracking().ToListAsync(TestContext.Current.CancellationToken))
            {
                var link = LinkOf(membership, property => property.GetGetter().GetClrValue(row));
                rows.Add(link);
                Compare(_ofLinks.GetValueOrDefault(link, JsonElement.Parse("{}")), membership, row, null, model.Find(ModelLabel.Parse("everything.membership"))!, string.Empty);
            }
        }

        Assert.Equal(string.Join('\n', links.Order(StringComparer.Ordinal)), string.Join('\n', rows.Order(StringComparer.Ordinal)));
        return _compared + rows.Count;
    }

    /// <summary>Compares all records where the database has other rows too; returns how many values there were.</summary>
    internal async Task<int> CompareOwnAsync(JsonElement records)
    {
        await CompareRecordsAsync(records);
        return _compared;
    }

    private async Task<List<string>> CompareRecordsAsync(JsonElement records)
    {
        var links = new List<string>();
        foreach (var record in records.EnumerateArray())
        {
            await CompareAsync(record, links);
        }

        return links;
    }

    private static string LinkOf(IEntityType join, Func<IProperty, object?> valueOf) => Link(
        join.GetTableName()!, join.FindPrimaryKey()!.Properties.Select(property => (Snake(property.Name), Shown(Provider(property, valueOf(property))))));

    private static string Snake(string name) => JsonNamingPolicy.SnakeCaseLower.ConvertName(name);

    private static string Link(string table, IEnumerable<(string Column, string Key)> ends) =>
        $"{table} {string.Join(' ', ends.OrderBy(end => end.Column, StringComparer.Ordinal))}";

    private async Task CompareAsync(JsonElement record, List<string> links)
    {
        var label = ModelLabel.Parse(record.GetProperty("model").GetString()!);
        var entity = model.Find(label)!;
        var fields = record.GetProperty("fields");
        var pk = record.GetProperty("pk");
        if (pk.ValueKind == JsonValueKind.Array)
        {
            links.Add(Link(entity.Table, entity.Key.Fields.Select((field, part) => (
                field.Name, Shown(New(model.Find(entity.References.First(reference => reference.Fields[0] == field.Name).Target)!, pk[part]))))));
            _ofLinks[links[^1]] = fields;
            return;
        }

        var type = entity.Types.FirstOrDefault(type => type.Label == label && label != entity.Label)
            ?? entity.Types.FirstOrDefault(type => fields.TryGetProperty(entity.TypeField!, out var named) && named.GetRawText() == type.Discriminator);
        var rows = type?.Rows ?? entity;
        var name = (type?.Label ?? entity.Label).Value.Split('.')[1];
        var metadata = context.Model.GetEntityTypes().Single(candidate => !candidate.IsOwned() && candidate.ClrType.Name.Equals(name, StringComparison.OrdinalIgnoreCase));
        var row = await context.FindAsync(metadata.ClrType, [Model(metadata.FindPrimaryKey()!.Properties[0], New(entity, pk))], TestContext.Current.CancellationToken);
        Assert.True(row is not null && row.GetType() == metadata.ClrType, $"{record} is no entity of {metadata.ClrType.Name}.");
        var entry = context.Entry(row);
        foreach (var reference in entry.References.Where(reference => reference.Metadata.Inverse is null && !reference.IsLoaded))
        {
            await reference.LoadAsync(TestContext.Current.CancellationToken);
        }

        Compare(fields, metadata, row, entry, rows, string.Empty);
        foreach (var child in rows.Children.Where(child => child.HoldsKeys && fields.TryGetProperty(child.Name, out _)))
        {
            var reference = child.Rows.References[0];
            links.AddRange(fields.GetProperty(child.Name).EnumerateArray().Select(key => Link(child.Rows.Table, [
                (child.OwnerFields[0], Shown(New(entity, pk))), (reference.Fields[0], Shown(New(model.Find(reference.Target)!, key)))])));
        }
    }

    private void Compare(JsonElement fields, ITypeBase type, object row, EntityEntry? entry, RelocationEntity rows, string path)
    {
        foreach (var property in type.GetProperties().Where(property => IsOfBackup(property, entry)))
        {
            var actual = property.IsShadowProperty() ? entry!.Property(property.Name).CurrentValue : property.GetGetter().GetClrValue(row);
            CompareProperty(fields, property, actual, rows, path + Snake(property.Name));
        }

        foreach (var complex in type.GetComplexProperties())
        {
            if (complex.ComplexType.IsMappedToJson())
            {
                var json = fields.GetProperty(Snake(complex.Name)).Deserialize(complex.ClrType);
                Assert.Equal((complex.Name, JsonSerializer.Serialize(json)), (complex.Name, JsonSerializer.Serialize(complex.GetGetter().GetClrValue(row))));
                _compared++;
                continue;
            }

            Compare(fields.GetProperty(Snake(complex.Name)), complex.ComplexType, complex.GetGetter().GetClrValue(row)!, null, rows, $"{path}{Snake(complex.Name)}.");
        }

        var held = (type as IEntityType)?.GetNavigations().Where(navigation => navigation.TargetEntityType.IsOwned()
            || (!navigation.IsOnDependent && navigation.TargetEntityType.GetTableName() == (type as IEntityType)!.GetTableName() && navigation.ForeignKey.IsUnique && navigation.TargetEntityType.GetRootType() != type)) ?? [];
        foreach (var navigation in held)
        {
            CompareHeld(fields, navigation, navigation.GetGetter().GetClrValue(row), rows, path);
        }
    }

    private void CompareHeld(JsonElement fields, INavigation navigation, object? value, RelocationEntity rows, string path)
    {
        var name = Snake(navigation.Name);
        var json = fields.TryGetProperty(name, out var found) ? found : default;
        var child = rows.Children.FirstOrDefault(candidate => candidate.Name == path + name);
        _compared++;
        if (navigation.TargetEntityType.IsMappedToJson())
        {
            // A collection property is an empty list where its column is null.
            var isNull = json.ValueKind is JsonValueKind.Undefined or JsonValueKind.Null;
            var none = navigation.IsCollection ? "[]" : "null";
            var expected = isNull ? none : JsonSerializer.Serialize(json.Deserialize(navigation.ClrType));
            Assert.Equal(expected, JsonSerializer.Serialize(value));
        }
        else if (navigation.IsCollection)
        {
            var items = InOrder(navigation, ((IEnumerable)value!).Cast<object>());
            var elements = json.ValueKind == JsonValueKind.Array ? json.EnumerateArray().ToList() : [];
            Assert.Equal(elements.Count, items.Count);
            for (var i = 0; i < items.Count; i++)
            {
                Compare(elements[i], navigation.TargetEntityType, items[i], null, child!.Rows, string.Empty);
            }
        }
        else
        {
            Assert.Equal(json.ValueKind == JsonValueKind.Object, value is not null);
            if (value is not null)
            {
                Compare(json, navigation.TargetEntityType, value, null, child?.Rows ?? rows, child is null ? $"{path}{name}." : string.Empty);
            }
        }
    }

    /// <summary>Elements got counted keys in their order; a query may bring them in any.</summary>
    private List<object> InOrder(INavigation navigation, IEnumerable<object> items)
    {
        var counted = navigation.TargetEntityType.FindPrimaryKey()!.Properties
            .Where(property => !navigation.ForeignKey.Properties.Contains(property) && property.ClrType == typeof(int)).ToList();
        return [.. counted is [var key] ? items.OrderBy(item => (int)context.Entry(item).Property(key.Name).CurrentValue!) : items];
    }

    private static bool IsOfBackup(IProperty property, EntityEntry? entry) => !property.IsPrimaryKey()
        && property.ValueGenerated is not (ValueGenerated.OnAddOrUpdate or ValueGenerated.OnUpdate)
        && property.GetComputedColumnSql() is null
        && !(property.IsShadowProperty() && (entry is null || property.Name is "Kind" or "Discriminator"));

    private void CompareProperty(JsonElement fields, IProperty property, object? actual, RelocationEntity rows, string name)
    {
        _compared++;
        if (!fields.TryGetProperty(name.Split('.')[^1], out var json))
        {
            Assert.Equal((name, defaults.GetValueOrDefault(name)), (name, actual));
            return;
        }

        var reference = rows.References.FirstOrDefault(reference => reference.Fields.Contains(name));
        if (reference is { TargetFields.Count: 0 })
        {
            var expected = json.ValueKind == JsonValueKind.Null ? "null" : Shown(New(model.Find(reference.Target)!, json));
            Assert.Equal((name, expected), (name, Shown(Provider(property, actual))));
            return;
        }

        Assert.Equal((name, Shown(json.ValueKind == JsonValueKind.Null ? null : Read(json, property))), (name, Shown(actual)));
    }

    private object New(RelocationEntity target, JsonElement key)
    {
        var old = target.Key.Kind switch
        {
            RecordKeyKind.Guid => RecordKey.From(key.GetGuid()),
            RecordKeyKind.Text => RecordKey.From(key.GetString()!),
            _ => RecordKey.From(key.GetInt64()),
        };
        var mapped = map.NewKey(target.Label, old);
        return mapped.Kind switch
        {
            RecordKeyKind.Guid => mapped.AsGuid(),
            RecordKeyKind.Text => mapped.AsText(),
            _ => mapped.AsInteger(),
        };
    }

    private static object? Provider(IProperty property, object? value) =>
        value is not null && property.FindRelationalTypeMapping()?.Converter is { } converter ? converter.ConvertToProvider(value) : value;

    private static object Model(IProperty property, object key)
    {
        var converter = property.FindRelationalTypeMapping()?.Converter;
        return converter is null
            ? key is Guid ? key : Convert.ChangeType(key, property.ClrType, CultureInfo.InvariantCulture)
            : converter.ConvertFromProvider(Convert.ChangeType(key, converter.ProviderClrType, CultureInfo.InvariantCulture))!;
    }

    /// <summary>A value in one form, whatever its .NET type.</summary>
    private static string Shown(object? value) => value switch
    {
        null => "null",
        string text => text,
        byte[] bytes => Convert.ToBase64String(bytes),
        JsonDocument document => JsonSerializer.Serialize(document.RootElement),
        DateTimeOffset moment => moment.UtcDateTime.ToString("O", CultureInfo.InvariantCulture),
        DateTime moment => DateTime.SpecifyKind(moment, DateTimeKind.Unspecified).ToString("O", CultureInfo.InvariantCulture),
        IEnumerable list => string.Join('|', list.Cast<object?>().Select(Shown)),
        IFormattable number => number.ToString(value is decimal ? "0.############" : null, CultureInfo.InvariantCulture),
        _ => value.ToString()!,
    };

    /// <summary>The value that the property has in the application.</summary>
    private static object? Read(JsonElement json, IProperty property)
    {
        var type = Nullable.GetUnderlyingType(property.ClrType) ?? property.ClrType;
        return type switch
        {
            _ when type.IsEnum => json.ValueKind == JsonValueKind.String ? Enum.Parse(type, json.GetString()!) : Enum.ToObject(type, json.GetInt64()),
            _ when type == typeof(Shop.Money) => new Shop.Money(json.GetInt64()),
            _ when type == typeof(DateTimeOffset) => DateTimeOffset.Parse(json.GetString()!, CultureInfo.InvariantCulture),
            _ when type == typeof(char) => json.GetString()![0],
            _ => json.Deserialize(type, Options),
        };
    }
}
