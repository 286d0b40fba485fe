namespace Relocation.Testing.Inner.XunitV2;

public sealed class SecondTurnTests(TagDatabase database) : TurnTests(database);
