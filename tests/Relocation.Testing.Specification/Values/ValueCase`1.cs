using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Relocation.Testing.Specification.Values;

/// <summary>A case of values of one type.</summary>
/// <typeparam name="T">The type of the property.</typeparam>
/// <param name="name">What the case is called.</param>
/// <param name="configure">What the property is mapped to; null for what the provider chooses.</param>
public sealed class ValueCase<T>(string name, Action<PropertyBuilder<T?>, bool>? configure = null) : ValueCase(name)
{
    public override Type Type => typeof(T);

    /// <summary>A value that is taken and read as it was.</summary>
    public ValueCase<T> Takes(string json, T value, bool onSqlite = true, bool onPostgreSql = true, bool isCut = false)
    {
        Add(new ValueEdge(json, value, onSqlite, onPostgreSql, isCut));
        return this;
    }

    /// <summary>Values that no engine takes.</summary>
    public ValueCase<T> Refuses(params IEnumerable<string> json)
    {
        foreach (var value in json)
        {
            Add(new ValueEdge(value, null, OnSqlite: false, OnPostgreSql: false, IsCut: false));
        }

        return this;
    }

    internal override void Configure(ModelBuilder model, bool isSqlite) => model.SharedTypeEntity<Held<T>>(Name, held =>
    {
        held.ToTable(Name);
        held.HasKey(row => row.Id);
        held.HasBackupLabel($"values.{Name}");
        var property = held.Property(row => row.Value);
        configure?.Invoke(property, isSqlite);
    });

    internal override async Task<object?> ReadAsync(DbContext context, int id, CancellationToken cancellationToken) =>
        (await context.Set<Held<T>>(Name).AsNoTracking().SingleAsync(row => row.Id == id, cancellationToken)).Value;
}
