using Bogus;

namespace Relocation.Testing;

/// <summary>How many records a synthetic backup holds, and what its values are made from.</summary>
public sealed record SyntheticBackupOptions
{
    /// <summary>The same seed gives the same bytes, on any machine. Default: 0.</summary>
    public long Seed { get; init; }

    /// <summary>Dates lie in the five years before this day. Default: 1 January 2026.</summary>
    public DateOnly ReferenceDate { get; init; } = new(2026, 1, 1);

    /// <summary>The language of names and addresses, one of Bogus's locales, for example <c>de</c> or <c>pt_BR</c>. Default: <c>en</c>.</summary>
    public string Locale { get; init; } = "en";

    /// <summary>
    /// How many records each model has that nothing else is said about; the types of a hierarchy take turns. Default: 10.
    /// </summary>
    public long RecordsPerModel { get; init; } = 10;

    /// <summary>
    /// How many records there are in all, or null for <see cref="RecordsPerModel"/> each. What <see cref="Records"/> leaves is
    /// shared out by <see cref="Weights"/>. Default: null.
    /// </summary>
    public long? TotalRecords { get; init; }

    /// <summary>The number of records of single models. Default: none.</summary>
    public IReadOnlyDictionary<ModelLabel, long> Records { get; init; } = new Dictionary<ModelLabel, long>();

    /// <summary>
    /// The shares of single models in <see cref="TotalRecords"/>, relative to one another; a model that is not named has 1.
    /// Default: none.
    /// </summary>
    public IReadOnlyDictionary<ModelLabel, double> Weights { get; init; } = new Dictionary<ModelLabel, double>();

    /// <summary>
    /// The first integer key of each model. Unique texts count from it too, so that two backups whose keys lie apart fit
    /// into one database. Default: 1.
    /// </summary>
    public long FirstKey { get; init; } = 1;

    /// <summary>The share of nulls among the values of a field that takes null. Default: 0.15.</summary>
    public double NullShare { get; init; } = 0.15;

    /// <summary>
    /// Makes the values of single fields, by label and field, for example <c>shop.product.condition</c>. The label of a type in a
    /// hierarchy stands for that type and goes before the hierarchy's, and a member that holds objects is part of the name, as in
    /// <c>shop.order.lines.quantity</c>. The function is given
    /// a Faker whose randomness is the value's own, and returns the application's value (an enum, what a converter takes) or what
    /// a backup can hold: null, a number, a boolean, text, a date or time, a Guid, bytes, a list of these, or
    /// a <see cref="System.Text.Json.Nodes.JsonNode"/>. Checks and unique sets of such a field are the function's to keep.
    /// Default: none.
    /// </summary>
    public IReadOnlyDictionary<string, Func<Faker, object?>> Values { get; init; } = new Dictionary<string, Func<Faker, object?>>();

    /// <summary>
    /// Fakers that make the values of whole models, or of one type in a hierarchy; one of a base type does so for all its types
    /// unless they have their own. <see cref="Values"/> go before them. Checks and unique sets of such fields are
    /// the faker's to keep. Default: none.
    /// </summary>
    public IReadOnlyList<EntityFaker> Fakers { get; init; } = [];

    /// <summary>Is told from time to time how many records are written. Default: nobody is.</summary>
    public IProgress<long>? Progress { get; init; }
}
