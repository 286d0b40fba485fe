using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;

namespace Relocation.Testing.Modeling;

/// <summary>Reads the rows that come with the tables (<c>HasData</c>), which EF Core keeps out of the model that it runs with.</summary>
internal sealed class SeedReader(DbContext context)
{
    private readonly IModel _model = context.GetService<IDesignTimeModel>().Model;

    internal IReadOnlyDictionary<RecordKey, IReadOnlyDictionary<string, object?>> Read(IReadOnlyEntityType root)
    {
        var seeds = new Dictionary<RecordKey, IReadOnlyDictionary<string, object?>>();
        foreach (var type in _model.FindEntityType(root.Name)?.GetDerivedTypesInclusive() ?? [])
        {
            foreach (var row in type.GetSeedData(providerValues: true))
            {
                var parts = type.FindPrimaryKey()!.Properties.Select(property => PartOf(row.TryGetValue(property.Name, out var value) ? value : null)).ToList();
                if (parts.TrueForAll(part => part is not null))
                {
                    seeds[parts is [{ } only] ? only : RecordKey.From([.. parts.Select(part => part!.Value)])] = type.GetProperties()
                        .Where(IsPlain)
                        .Where(property => row.ContainsKey(property.Name))
                        .ToDictionary(EntityFieldReader.NameOf, property => row[property.Name], StringComparer.Ordinal);
                }
            }
        }

        return seeds;
    }

    /// <summary>Whether a column and a backup hold a property's values in one form, that of the property's type.</summary>
    private static bool IsPlain(IReadOnlyProperty property)
    {
        var type = Nullable.GetUnderlyingType(property.ClrType) ?? property.ClrType;
        return !property.IsKey() && !property.IsForeignKey() && property.GetValueConverter() is null && property.FindTypeMapping()?.Converter is null
            && (type == typeof(string) || type == typeof(bool) || type == typeof(decimal) || type == typeof(long) || type == typeof(int) || type == typeof(short));
    }

    /// <summary>A part of a key as backups have it; null for what they write in several forms.</summary>
    private static RecordKey? PartOf(object? value) => value switch
    {
        string text => RecordKey.From(text),
        Guid guid => RecordKey.From(guid),
        ulong number => RecordKey.From(unchecked((long)number)),
        Enum or long or int or short or byte or sbyte or ushort or uint => RecordKey.From(Convert.ToInt64(value, CultureInfo.InvariantCulture)),
        _ => null,
    };
}
