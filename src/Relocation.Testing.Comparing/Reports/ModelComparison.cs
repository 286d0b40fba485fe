namespace Relocation.Testing;

/// <summary>How one model's records compare.</summary>
/// <param name="Model">The model.</param>
/// <param name="Left">How many records the left side holds.</param>
/// <param name="Right">How many records the right side holds.</param>
/// <param name="Equal">How many pairs of records are equal.</param>
/// <param name="Changed">How many pairs of records differ.</param>
/// <param name="Added">How many records only the right side holds.</param>
/// <param name="Removed">How many records only the left side holds.</param>
public sealed record ModelComparison(ModelLabel Model, int Left, int Right, int Equal, int Changed, int Added, int Removed)
{
    /// <summary>Whether there is no difference.</summary>
    public bool IsEqual => Changed == 0 && Added == 0 && Removed == 0;
}
