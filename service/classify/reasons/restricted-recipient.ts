import type { ShippedReason } from '../shipped-reason.ts';

export const restrictedRecipient: ShippedReason = {
	name: 'restricted-recipient',
	label: 'Sender not permitted',
	type: 'Spam',
	fault: 'sender',
	countsTowardHold: false,
	advice:
		'The recipient, often a group or list, takes mail from certain senders only. Ask its owner to let you write.',
	sentences: [
		'(you |)may not have permission to post',
		'permission to post messages to the group',
		'(投稿する権限がない|投稿する権限)',
		'(张贴留言的权限|張貼留言的權限|发布权限|發佈訊息|发帖权限)',
		'(berechtigung* haben, um der gruppe|um der gruppe nachrichten)',
		'(permisos necesarios para publicar|permissão para postar|permissão para publicar|autorisation * publier|autorisé à publier|autorizzazione * pubblicare)',
		'(tilladelse til at|behörighet att|toestemming om berichten)',
		'groups.google.com',
	],
	says: [
		"(you |sender |you're |you are |)(are |is |do |does |)(not|n't) (have permission|have the permission|authorized|authorised|permitted|allowed) to (send|post|submit|mail|email|write|deliver) (mail |messages |message |e-mail |email |)(to|on|for)",
		"(sender|you) (is |are |) (not|isn't) (authorized|authorised|permitted|allowed) (for|to) * (recipient|list|group|address|mailbox|user)",
		// Not RESOLVER.RST.RecipSizeLimit and SendSizeLimit, which are about the mail.
		'resolver.rst.(notauth*|auth*|sender*|restrict*|not*|moderat*|recipient*)',
		'(recipient|group|list|mailbox|distribution list) (is |only |)(restricted|only accepts|accepts mail only|accepts (mail|messages|email) (only |)from)',
		'(only accepts|accepts only|only allow*) (mail|messages|email|posts|authenticated|internal|members|subscribers|people|senders)',
		'(restricted|closed|moderated|private) (list|group|mailing list|recipient|address)',
		'(delivery not authorized|delivery not authorised)',
		'(posting|posts|message) (to|on) (this|the) (list|group) (is|are|was) (restricted|not allowed|rejected|denied|closed|by)',
		'(non-member*|nonmember*|not a member of|not subscribed to|members only|subscribers only|only members|only subscribers)',
		'not (a |)(subscriber|member) (of|to) (this|the)',
		'(requires|require) (that all senders|senders) * authenticat*',
		'(approved sender|allowed senders|permitted senders|allow list|whitelist|safe senders) (only|list)',
		"(not on|not in|isn't on) * (allow|white|approved|permitted|safe) *list",
		'mailing list expansion prohibited',
		'you have been (blocked|banned) by the (recipient|user)',
		'(sender|your address) (has been |is |)(blocked|banned) by (the |)(recipient|user)',
	],
};
