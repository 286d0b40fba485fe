namespace Relocation.Testing.Importing;

/// <summary>A record: its model, and its rank among the model's records.</summary>
internal sealed record RecordRank(ModelLabel Model, int Rank);
