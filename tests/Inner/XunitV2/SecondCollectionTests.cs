namespace Relocation.Testing.Inner.XunitV2;

[Collection(SharedTags.Name)]
public sealed class SecondCollectionTests(TagDatabase database) : CollectionTests(database);
