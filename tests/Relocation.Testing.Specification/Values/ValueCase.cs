using Microsoft.EntityFrameworkCore;

namespace Relocation.Testing.Specification.Values;

/// <summary>One .NET type in one store type, perhaps behind a converter, and the values at its edges.</summary>
/// <param name="name">What the case is called; the model of its rows is <c>values.</c> and this.</param>
public abstract class ValueCase(string name)
{
    private readonly List<ValueEdge> _edges = [];

    public string Name { get; } = name;

    /// <summary>The type of the property.</summary>
    public abstract Type Type { get; }

    /// <summary>The values, those that are refused included.</summary>
    public IReadOnlyList<ValueEdge> Edges => _edges;

    public override string ToString() => Name;

    internal abstract void Configure(ModelBuilder model, bool isSqlite);

    internal abstract Task<object?> ReadAsync(DbContext context, int id, CancellationToken cancellationToken);

    private protected void Add(ValueEdge edge) => _edges.Add(edge);
}
