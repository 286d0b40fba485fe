namespace Relocation.Testing.Inner.XunitV2;

public sealed class FirstTurnTests(TagDatabase database) : TurnTests(database);
