namespace Relocation.Testing;

/// <summary>
/// Keeps the records of each model that an export has finished, so that another attempt need not read them again (import specification,
/// section 7.4).
/// </summary>
/// <remarks>Whoever implements it sees to it that what is kept belongs to the same export: the same database, scope and filters.</remarks>
public abstract class ExportCheckpoint
{
    /// <summary>
    /// The records of a model that were kept, or null when there are none. What is no list of records of the model counts as none.
    /// </summary>
    /// <param name="model">The model.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <returns>A JSON array of records, which the export closes.</returns>
    public abstract ValueTask<Stream?> OpenAsync(ModelLabel model, CancellationToken cancellationToken);

    /// <summary>Keeps the records of a model.</summary>
    /// <param name="model">The model.</param>
    /// <param name="records">A JSON array of records; it is not to be closed, and gone afterwards.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    public abstract ValueTask StoreAsync(ModelLabel model, Stream records, CancellationToken cancellationToken);
}
