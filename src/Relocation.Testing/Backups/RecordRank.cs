namespace Relocation.Testing.Backups;

/// <summary>A record: its model, and its rank among the model's records.</summary>
internal sealed record RecordRank(ModelLabel Model, int Rank);
