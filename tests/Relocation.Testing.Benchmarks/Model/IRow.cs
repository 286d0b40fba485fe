namespace Relocation.Testing.Benchmarks.Model;

/// <summary>What rivals that load objects need of every model.</summary>
public interface IRow
{
    /// <summary>The primary key.</summary>
    public long Id { get; set; }

    /// <summary>Replaces the old keys by new ones.</summary>
    /// <param name="keys">The keys so far.</param>
    public void Remap(RowKeys keys);
}
