# The language's own name, for the list of languages
language-name = English

## Greeting and help

start = 👋 <b>Hello, { $name }!</b>

    Send me a photo of your product and pick from the styles I suggest: you get pictures that are ready for the marketplace.

    { $credits ->
        [0] You have no credits left.
        [one] You can make <b>1 picture</b> right away.
       *[other] You can make <b>{ $credits } pictures</b> right away.
    }
start-sample = 📷 A plain background and daylight work best. Sent as a file, the photo stays sharpest.
help = <b>How it works</b>

    1. Send a photo of your product, or several views of it as one album.
    2. Choose up to four styles and a format.
    3. Press <b>Create</b>. One picture costs one credit.
    4. Write in your own words: on the card they are your style, below a picture they say what to change. Or reply to any picture.

    Your product’s shape, colours and label should stay as they are. If a picture is not right, tap <b>Not right</b> and its credit comes back. What cannot be made costs nothing.

    /styles – all styles and your saved ones
    /history – your pictures
    /balance – your credits
    /settings – language
    /cancel – stop what is being made
unknown-message = Send me a photo of your product, and I will suggest styles for it. /help tells how it works.
unknown-file = I can read photos: JPEG, PNG, WebP, HEIC, TIFF, BMP or GIF. Please send the product as a photo or as such a file.
words-too-little = 🙂 Tell me in a few words how it should look, or what to change: “on a marble table”, “darker, no flowers”.
words-payment = 💳 This order waits for its payment: see the card above. <b>‹ Back</b> on it leads to the styles again.
words-state = When it is here, write what to change, or reply to a picture.
private-only = I work in a private chat: open me and send a photo there.

## Commands (Telegram’s menu)

command-start = Start
command-help = How it works
command-styles = Styles
command-balance = Your credits
command-history = Your pictures
command-cancel = Stop what is being made
command-settings = Settings
command-language = Language
command-admin-stats = Statistics
bot-description = Send a plain photo of your product and get styled pictures that are ready for the marketplace. The first ones are free.
bot-short-description = Product photos, styled and ready for the marketplace

## The card of a draft

card-received = { $photos ->
        [one] 📷 <b>Photo received.</b> Having a look at your product…
       *[other] 📷 <b>{ $photos } photos received.</b> Having a look at your product…
    }
card-purpose = 📷 Is this for support, or is it a new product?
button-for-support = For support
button-new-product = New product
card-too-many-photos = I use the first { $max } photos of an album.
card-product = 🏷 <b>{ $name }</b>
card-product-kind = 🏷 <b>{ $name }</b> · { $kind }
card-note = 📝 Your note: { $note }
card-words = ✍️ “{ $words }”
card-count = 🖼 { $pictures ->
        [one] 1 picture
       *[other] { $pictures } pictures
    }
card-name = 🏷 <b>What is it?</b> Write the product’s name in one message, up to { $max } characters.
card-no-product = 🤔 I am not sure there is a product in this photo. You can go on, or send another photo.
card-views = 🖼 { $photos } photos of one product
card-different = 🧩 These photos seem to show different products. Make a photoshoot of each? Created together, they are taken as views of one product.
card-recommended = 📐 Best format: { $ratio }
card-format = 📐 Format: { $ratio }
card-choose = 🎨 Choose up to { $max } styles
card-chosen = 🎨 { $styles }
card-describe = ✍️ <b>Describe your own style</b> in one message, { $min }–{ $max } characters. For example: “on a wooden table by the window, autumn leaves, warm evening light”.
card-expired = ⌛ This card has expired. Please send the photo, or write the change, once more.
card-dropped = This photo is dropped. Send another one whenever you like.
button-catalogue = All styles
button-surprise = Surprise me
button-describe = My idea
button-name = 🏷 Name the product
button-rename = 🏷 Not “{ $name }”?
button-picture = Picture { $position }
button-back = ‹ Back
button-count = { $pictures ->
        [one] 1 pic
       *[other] { $pictures } pics
    }
button-create = Create { $pictures ->
        [one] 1 picture
       *[other] { $pictures } pictures
    } · { $credits ->
        [0] free
        [one] 1 credit
       *[other] { $credits } credits
    }
button-split = 🧩 { $photos } separate photoshoots
button-create-none = Choose a style first
button-chosen = ✓ { $title }
catalogue-title = 🎨 <b>All styles.</b> Choose up to { $max }, then go back.
catalogue-presets = Your saved styles come first.
own-style-title = My idea
surprise-title = Surprise: { $title }

## House styles

style-white = White background
style-marble = Morning marble
style-oak = Oak & shadows
style-podium = Pastel podium
style-dark = Dark premium
style-linen = Soft linen
style-concrete = Concrete loft
style-kitchen = Sunny kitchen
style-beach = Beach
style-autumn = Autumn leaves
style-festive = Festive lights
style-water = Fresh water
style-terracotta = Terracotta & sun
style-neon = Neon night
style-botanical = Green leaves
style-books = Cosy home

## While it works

status-queued = ⏳ <b>In line</b>: you are number { $place }.
status-queued-next = ⏳ <b>You are next.</b>
status-preparing = 📸 <b>Preparing your photo…</b>
status-making = 🎨 <b>Making picture { $done } of { $total }…</b>
status-remaining = About { $seconds ->
        [one] 1 second
       *[other] { $seconds } seconds
    } left.
status-converting = 🖼 <b>Finishing touches…</b>
status-sending = 📤 <b>Sending…</b>
status-provider-busy = 😮‍💨 <b>The studio is busy.</b> Your place is kept, and I go on by myself. Nothing is charged until a picture arrives.
status-stopping = ✋ Stopping… Pictures that are finished still arrive.
status-cancelled = { $credits ->
        [0] ✋ <b>Cancelled.</b> Nothing was charged.
        [one] ✋ <b>Cancelled.</b> 1 credit is back.
       *[other] ✋ <b>Cancelled.</b> { $credits } credits are back.
    }
button-cancel = Cancel

## The result

result-title = ✨ <b>{ $name }</b>
result-ready = { $delivered ->
        [one] 1 picture is ready.
       *[other] { $delivered } pictures are ready.
    }
result-cancelled = { $delivered ->
        [0] ✋ Cancelled before a picture was finished.
        [one] ✋ Cancelled. 1 picture was finished already.
       *[other] ✋ Cancelled. { $delivered } pictures were finished already.
    }
result-failed = 😔 <b>No picture could be made.</b>
result-unclaimed = 🌙 <b>While you were away, this order could not be delivered.</b>
result-credits = { $used ->
        [0] Nothing was charged.
        [one] 1 credit used.
       *[other] { $used } credits used.
    } { $left ->
        [0] None left.
        [one] 1 left.
       *[other] { $left } left.
    }
result-released = { $released ->
        [one] 1 picture could not be made; its credit is back.
       *[other] { $released } pictures could not be made; their credits are back.
    }
result-repaid = { $repaid ->
        [one] 1 of these credits went to a refund: you have its money already.
       *[other] { $repaid } of these credits went to a refund: you have their money already.
    }
result-repeat = You may have received this album already: I was interrupted while sending it. It is charged once.
result-product = your product
button-originals = Originals (PNG)
button-again = Again · { $credits ->
        [one] 1 credit
       *[other] { $credits } credits
    }
button-change = ✏️ Change something
button-more = More like this · { $credits ->
        [0] free
        [one] 1 credit
       *[other] { $credits } credits
    }
button-likes = More like one of them
button-undo = ↩️ Version before
button-leave = Leave it as it is
truth-same = ✅ Safe as main photo: shape and colours are those of your photo. Read the label once yourself.
truth-same-of = ✅ Safe as main photo: { $pictures }. Shape and colours are those of your photo; read the labels once yourself.
truth-drifted = 🔎 For the gallery: { $reasons }.
truth-drifted-of = 🔎 { $position }, for the gallery: { $reasons }.
truth-colour = the colour differs from your photo
truth-proportions = the proportions differ from your photo
truth-doubled = the product is there twice
truth-part = a part is hidden or missing
truth-free = Changing it costs no credit.
result-change = ✍️ Write what to change, or reply to a picture.
change-ask = ✏️ <b>What shall I change?</b> Write it in one message, such as “darker table, no flowers”. You see the price before anything is made.
likes-which = Which one? The new picture is made in its style.
likes-picture = Like { $position } · { $credits ->
        [0] free
        [one] 1 credit
       *[other] { $credits } credits
    }
correction-title = ✏️ <b>Change the picture</b>
correction-hint = The product stays as on your photo. Other words? Just write them.
correction-style = My change
correction-left = Left as it is. Nothing was charged.
correction-before = Before
correction-after = After: “{ $words }”
undo-done = ↩️ <b>The version before.</b> Nothing was charged; the changed one stays above.
button-restyle = Other style
button-save = Save style
button-not-right = Not right
originals-caption = Full size, no loss of quality: ready to upload.
originals-gone = The time for which these originals were kept is over. The album above is still yours.
original-file-name = picture
album-style = { $style }
save-done = { $saved ->
        [0] These styles are saved already.
        [one] Saved. See “All styles”.
       *[other] { $saved } styles saved. See “All styles”.
    }
again-placed = On it!
not-right-which = Which picture is not right?
not-right-picture = Picture { $position }
not-right-done = 💚 Sorry about that. <b>1 credit is back.</b> What was wrong?
not-right-repaid = 💚 Sorry about that. You had the money for this picture back, so there is no credit to return. What was wrong?
give-back-rule = { $perDay ->
        [one] The credit of your first picture that is not right always comes back; after that up to { $percent } % of all your pictures, one a day.
       *[other] The credits of your first { $perDay } that are not right always come back; after that up to { $percent } % of all your pictures, { $perDay } a day at most.
    }
give-back-none = For credits back, write to /support.
give-back-refused = If this one is not right either, tell us: a person will look at it.
not-right-thanks = Thank you! That helps to make the next ones better.
reason-label = Label or text changed
reason-shape = Product looks different
reason-look = Not my taste
reason-other = Something else

## Why there is no picture

failure-provider-refused = The studio’s safety rules do not allow this picture. Try another photo or style.
failure-provider-rejected = The studio could not make this picture. Another photo or style may work.
failure-provider-unavailable = The studio could not be reached for too long.
failure-file-gone = Telegram no longer has the photo. Please send it again.
failure-unexpected = Something went wrong on my side.
failure-unclaimed = It waited for you as long as it could, and its credits are back. “Again” makes it anew.
failure-image-unreadable = I cannot read this photo. Please send another one.

## Balance, history, styles, settings

balance = 💎 You have <b>{ $credits ->
        [0] no credits
        [one] 1 credit
       *[other] { $credits } credits
    }</b>. One credit is one picture.
balance-reserved = { $reserved ->
        [one] 1 more is reserved for the picture in progress.
       *[other] { $reserved } more are reserved for pictures in progress.
    }
history-empty = You have no pictures yet. Send me a photo of your product!
history-title = 🗂 <b>Your pictures</b>
history-entry = { $date } · { $name } · { $pictures ->
        [one] 1 picture
       *[other] { $pictures } pictures
    }
history-page = Page { $page } of { $pages }
history-caption = { $name }
button-newer = ‹ Newer
button-older = Older ›
styles-title = 🎨 <b>Styles</b>

    Send a photo, and you can choose from these:
styles-saved = <b>Your saved styles</b>
styles-forget-hint = Tap a saved style to delete it.
styles-forgotten = Deleted.
button-forget = 🗑 { $title }
settings-title = ⚙️ <b>Settings</b>

    Language: { $language }
button-language = Language
language-title = 🌍 Choose your language:
language-done = From now on I speak English.
menu-history = Your pictures
menu-styles = Styles
menu-help = How it works
menu-settings = Settings

## Answers to taps and errors

cancel-nothing = There is nothing to stop.
cancel-too-late = It is finished already.
cancel-stopping = Stopping…
error-not-found = I cannot find this any more.
error-draft-expired = This card has expired. Please send the photo, or write the change, once more.
error-already-placed = This is being made already.
error-no-style-chosen = Choose a style first.
error-too-many-styles = Up to { $max } styles. Take one back first.
error-style-text-length = The description should have { $min }–{ $max } characters; yours has { $length }.
error-name-length = The name should have up to { $max } characters; yours has { $length }.
error-too-few-pictures = { $chosen ->
        [one] You chose 1 style.
       *[other] You chose { $chosen } styles: each gets a picture. Take one back first.
    }
error-not-enough-credits = { $available ->
        [0] You have no credits left, and this needs { $needed }.
        [one] You have 1 credit, and this needs { $needed }.
       *[other] You have { $available } credits, and this needs { $needed }.
    }
error-give-back-quota = { $perDay ->
        [one] You can give back 1 picture a day, and today’s is used.
       *[other] You can give back up to { $perDay } pictures a day, and today’s are used.
    }
error-give-back-share = { $perDay ->
        [one] Beyond the first one
       *[other] Beyond the first { $perDay }
    } you can give back up to { $percent } % of your pictures, and that is reached.
error-already-given-back = The credit for this picture is back already.
error-too-many-photos = Up to { $max } photos of one product.
error-too-many-saved-styles = You can keep { $max } styles. Delete one under /styles first.
error-sku-form = An article number has up to { $max } letters, digits, dots, dashes or underscores, without spaces. Please send it again.
error-no-channel-chosen = Choose at least one channel first.
error-pack-under-way = These files are being made already. They come in a moment.
error-image-unreadable = I cannot read this file: it seems to be damaged. Please send another photo.
error-image-kind-unsupported = I can read photos: JPEG, PNG, WebP, HEIC, TIFF, BMP or GIF. This file is something else.
error-image-too-large = This picture is too large. Please send one of up to 20 MB and 50 megapixels.
error-image-too-small = This picture is too small to make a good one of. Please send one of at least 100 pixels on each side.
error-image-too-narrow = This picture is a very long strip: one side is more than 20 times the other. Please cut it to the product.
error-image-too-heavy = A picture of this kind and size takes more memory than I have. Please send it as a JPEG, or made smaller.
error-imaging-busy = I have my hands full for a moment. I will go on by myself.
error-file-too-large = Telegram lets me open files of up to 20 MB. Please send a smaller one.
error-file-gone = Telegram no longer has this photo. Please send it again.
error-provider-refused = This photo or text is against the studio’s safety rules, so I cannot use it. Nothing was charged.
error-provider-unavailable = The studio cannot be reached right now. Please try again in a few minutes. Nothing was charged.
error-provider-rejected = The studio cannot work with this photo. Please try another one. Nothing was charged.
error-provider-paused = The studio is having a break. I go on by myself as soon as it is back. Nothing was charged.
error-too-many-requests = That was a lot! Please wait { $seconds } s, then I can go on. Nothing was lost.
error-too-many-photoshoots = That is a lot for one hour! Please wait { $minutes } min. Your styles stay chosen.
error-cancelled = Cancelled.
error-unexpected = Something went wrong on my side. Please try once more; nothing was charged for it.

## Admins

figures-title = 📊 <b>Statistics · { $period }</b>
figures-all = all time
figures-usage = <code>/admin_stats</code>, or with days: <code>/admin_stats 2026-11-01 2026-11-15</code>, one day or from … to.
figures-money = <b>Money</b>
figures-no-money = Nothing was paid yet.
figures-earnings = <b>{ $net }</b> · { $gross } in, { $refunded } back · on average { $average }
figures-orders = 🧾 Orders: { $paid } paid · { $pending } open · { $cancelled } cancelled · { $expired } expired
figures-conversion = 🎯 Paid of the newest invoices: { $percent } %
figures-paying = 👛 Paying people: { $paying }
figures-refunds = ↩️ Refunds: { $refunds } · chargebacks: { $chargebacks }
figures-cost = 💵 Cost: { $cost } USD{ $change } · { $each } a picture
figures-margin = 💰 Margin: <b>{ $margin } USD</b> · { $each } an order
figures-margin-without = Without { $currencies }, which has no rate.
figures-outstanding = 🎟 Pictures owed to people: { $pictures }
figures-held = ⏸ Held payments: { $payments }, see /held
figures-reconciled = 🔎 Payments found by comparing with Telegram: { $payments }
figures-use = <b>Use</b>
figures-people = 👤 New: { $new } · active { $active } · { $blocked } blocked
figures-pictures = 🖼 Pictures: { $pictures } · { $bought } bought · { $given } given · { $free } free
figures-owed = ⚠️ Pictures whose credits were charged back: { $pictures }
figures-photoshoots = 📷 Photos: { $photos } → photoshoots: { $placed }
figures-style = { $origin ->
        [proposed] proposed
        [own] own ideas
        [surprise] surprises
        [preset] saved
       *[other] { $origin }
    }
figures-quality = <b>Quality</b>
figures-outcomes = ✅ Complete: { $complete } · partial { $partial } · failed { $failed } · stopped { $cancelled } · photo refused { $photoRefused }
figures-missing = 🚫 Pictures failed: { $failed } · refused { $refused }
figures-truth = 🔎 Held against the photo: as in it { $same } · drifted { $drifted } · not measured { $notMeasured }
figures-not-right = 👎 Not right: { $pictures } · { $percent } %
figures-reason = { $reason }: { $count }
figures-drifted = changed for free: the check had found a difference
figures-no-reason = no reason given
figures-photo-to-card = ⏱ Photo → styles: { $p50 } s, 95 of 100 within { $p95 } s
figures-create-to-delivery = ⏱ Create → pictures: { $p50 } s, 95 of 100 within { $p95 } s
figures-now = 🏃 Now: in line { $queued } · being made { $generating } · drafts { $drafts } · waiting for payment { $awaitingPayment }
button-figures = { $period ->
        [today] Today
        [all] All
       *[other] { $period } d
    }
percent = { $percent } %
alert-provider-quota = ⚠️ <b>The pictures’ provider has no quota left.</b> All orders wait and none fails. Top up the account; I go on by myself.
alert-provider-key = ⚠️ <b>The pictures’ provider refuses the key.</b> All orders wait and none fails. Check the key and restart.
alert-provider-model = ⚠️ <b>The provider does not give us the model { $model }.</b> All orders wait and none fails. Check the models in your configuration and restart.
alert-provider-outage = ⚠️ <b>The pictures’ provider does not answer.</b> { $model }: { $code }. All orders wait and nothing is sold meanwhile. I ask it every few seconds and go on by myself.
alert-provider-back = ✅ The pictures’ provider works again. The orders that waited are being made.
alert-provider-rejected = ⚠️ <b>No model takes what I ask of it.</b> The last one was { $model }: { $code }. The order has ended, and its credits are back with the seller. One odd photo can be the reason; if it comes again, check the models in your configuration.
alert-provider-rejected-over = ✅ A picture was made again.
alert-provider-words = 🗨 { $model }: “{ $words }”
alert-recognition-failing = ⚠️ <b>Products are not recognised.</b> { $model }: { $code }. Sellers are offered the house’s styles meanwhile, and pictures are made as ever.
alert-recognition-back = ✅ Products are recognised again.
alert-model-ending = 📅 <b>A model that you use ends on { $date }:</b> { $models }. Choose another one in your configuration before that day, and restart.

alert-still = { $hours ->
        [one] ⏳ It has been so for an hour:
       *[other] ⏳ It has been so for { $hours } hours:
    }
alert-picture-paid-often = ⚠️ <b>A picture was paid for { $paid } times and never came.</b> It is of photoshoot { $photoshoot }, which waits; I try it once every 10 minutes now, and give its credits back 30 minutes after it was placed. Please look at the provider’s own page, or change IMAGE_MODELS and restart.
alert-update-given-up = ⚠️ <b>A message could not be handled and is given up.</b> { $kind } { $update }: { $fault }. See /failed; the log says more.

## Buying

shop-title = 💎 You have <b>{ $credits ->
        [one] 1 picture
       *[other] { $credits } pictures
    }</b>.
shop-paused = 🔧 <b>The studio is closed for a short while.</b> Until pictures can be made again I sell none, so that nobody pays for waiting. Your credits stay as they are. Please look in again a little later.
shop-hint = Choose a package. Pictures never expire, and what could not be made is never charged.
shop-subscription-renews = Your subscription renews on { $date }.
shop-subscription-ends = Your subscription ends on { $date }.
button-package = { $pictures } pics · { $price } · { $each }/pic
button-subscribe = { $pictures } a month · { $price }
button-subscribe-pay = Subscribe · { $stars } ⭐ a month
button-unsubscribe = Cancel the subscription
subscription-offer = { $credits } pictures every month for { $stars } Stars. You can cancel at any time under /buy.
paywall-title = { $missing ->
        [one] One more picture is needed.
       *[other] { $missing } more pictures are needed.
    } { $available ->
        [0] You have none left.
        [one] You have 1.
       *[other] You have { $available }.
    }
paywall-continues = Choose a package: once it is paid, your order starts by itself.
invoice-title = { $credits } pictures
invoice-description = Package “{ $name }”: { $credits } styled pictures of your products. They never expire.
payment-credited = 💚 Thank you! { $added ->
        [one] 1 picture
       *[other] { $added } pictures
    } added, you have { $credits } now.
payment-credited-late = 💚 This invoice was paid before or had expired, so this counts as a new purchase: { $added ->
        [one] 1 picture
       *[other] { $added } pictures
    } added, you have { $credits } now. If you did not mean to, write to /paysupport.
payment-held = I received your payment, but it does not fit any open order. A person will look at it and write to you.
payment-delayed = 💚 Your payment of { $price } has arrived and is safe. Your pictures follow: I could not add them just now, and I keep trying until I have. Please do not pay again; if they are not here in an hour, write to /paysupport.
payment-order-follows = ⏳ Your order could not be started just now. It starts by itself in a minute or two.
checkout-order = This invoice is over. Please get a new one with /buy. Nothing was charged.
checkout-price = The price has changed. Please get a new invoice with /buy. Nothing was charged.
checkout-discount = Your discount is for one purchase, and another invoice has it. Please get a new invoice with /buy. Nothing was charged.
checkout-subscribed = You have a subscription that renews, or its payment is under way: see /buy. Nothing was charged.
checkout-payer = This invoice was made for somebody else. Get your own with /buy. Nothing was charged.
checkout-paused = The studio is closed for a short while, so I take no money now. Please pay a little later: your invoice stays open. Nothing was charged.
checkout-later = I cannot take payments this minute. Please try again soon. Nothing was charged.
alert-payment-held = ⚠️ <b>A payment fits no order and is held.</b> See /held.
alert-unsettled-payment = ⚠️ <b>A payment arrived and could not be credited.</b> { $price } from person { $user }, who has been told that the credits follow. I try again every minute; until it is settled it stays under /held. The log says why.
alert-unsettled-refund = ⚠️ <b>Money went back to a buyer, and that could not be written down.</b> { $price } to person { $user }; the credits are not taken yet. I try again every minute; until it is settled it stays under /held. The log says why.
alert-settled-payment = ✅ The payment that could not be credited is settled now: { $price } from person { $user }.
alert-settled-refund = ✅ The money that went back is written down now: { $price } to person { $user }.
command-buy = Buy pictures

## Support and terms

terms = 📄 <b>Terms</b>

    • One credit is one delivered picture. Credits never expire.
    • What could not be made, was refused or cancelled is not charged; its credit comes back by itself.
    • A picture that is not right: tap “Not right” and its credit comes back, within fair use.
    • Digital goods are sold in Telegram Stars. Refunds: /paysupport.
    • You keep all rights to your photos and pictures. Photos are used to make your pictures and for nothing else.
    • Pictures are made by an AI model and carry its label in their data. Check them before you publish.
command-terms = Terms
command-support = Write to us
command-paysupport = Help with a payment
support-ask = ✍️ What can we do for you? Write it in one message; a photo may come with it. A person will answer here.
support-ask-payment = ✍️ What happened with the payment? Write it in one message; a screenshot may come with it. A person will answer here.
support-charges = Your last payments are in the ticket already:
support-received = 💌 Thank you, ticket { $id } is with us. We will answer here.
support-left = All right, nothing goes to support. /support is there any time.
support-answer = 💌 <b>Answer to ticket { $id }</b>
support-resolved = Ticket { $id } is resolved. Write to /support any time.
button-support-write = Write back
button-support = Write to support
ticket-title = 🎫 <b>Ticket { $id }</b> · { $topic } · person { $user }
ticket-topic-payment = payment
ticket-topic-other = question
ticket-person = Person
ticket-owner = We
ticket-write = Write your answer to ticket { $id } in one message.
ticket-answered = The answer to ticket { $id } has arrived.
ticket-not-delivered = ⚠️ The answer to ticket { $id } could not be delivered: the person has blocked the bot. It is kept in the ticket.
ticket-resolved = Ticket { $id } is resolved.
tickets-none = No ticket is waiting.
tickets-title = 🎫 <b>Tickets that wait</b>
button-ticket-reply = Reply
button-ticket-resolve = Resolve
error-awaiting-payment = This order waits for its payment and starts by itself then. Create shows the invoice once more.

## Refunds (admins) and what the buyer is told

payments-title = 💳 <b>Payments</b>
payments-none = There are no payments.
held-title = 🖐 <b>Money that fits no order</b>
held-none = No money is held.
unsettled-title = ⏳ <b>Money that could not be written down yet</b>
unsettled-line-payment = #{ $id } · { $date } · { $price } · { $name } ({ $user }) · arrived, not credited
unsettled-line-refund = #{ $id } · { $date } · { $price } · { $name } ({ $user }) · went back, credits not taken
unsettled-more = … and { $more } more.
button-settle-payment = Credit #{ $id } · { $price }
button-settle-refund = Take back #{ $id } · { $price }
settle-outcome-settled = ✅ It is settled.
settle-outcome-before = It was settled already.
settle-outcome-held = 🖐 It is written down, but it fits no order. See /held.
settle-outcome-failed = ⚠️ It could not be settled this time either, and stays under /held. The log says why; I go on trying.
payment-line = #{ $id } · { $date } · { $price } · { $credits ->
        [one] 1 credit
       *[other] { $credits } credits
    } · { $name } ({ $user }) · { $state }
payment-state-credited = credited
payment-state-held = held
payment-state-refunding = being refunded
payment-state-refunded = refunded
payment-state-charged-back = charged back
held-reason-order = no such order
held-reason-price = another price
held-reason-payer = another payer
held-reason-period = a month that is paid already
button-refund = Refund #{ $id } · { $price }
button-refund-yes = Refund { $price }: { $why }
button-refund-by-hand = Mark as returned: { $why }
refund-confirm = ❓ <b>Refund payment { $id }?</b> { $price } go back to { $name } ({ $user }).
refund-credits = It bought { $credits ->
        [one] 1 credit
       *[other] { $credits } credits
    }. { $unused ->
        [0] All are used, so none is taken back.
        [one] 1 is unused and is taken back.
       *[other] { $unused } are unused and are taken back.
    }
refund-at-work = { $credits ->
        [one] 1 is reserved for a picture in work; it is taken if it comes back.
       *[other] { $credits } are reserved for pictures in work; those that come back are taken.
    }
refund-by-hand = 💳 It was paid by card, and Telegram cannot return that. <b>Return the money at the payment provider first</b>, then mark it here.
refund-outcome-refunded = ✅ Payment { $id } is refunded.
refund-outcome-refused = ⚠️ Telegram refused to refund payment { $id }. Nothing has changed: the credits are back with the buyer. The log says why.
refund-outcome-unknown = ⏳ Telegram did not answer about payment { $id }. The credits are taken back; I go on asking by myself until it is refunded.
refund-done = 💸 Your payment of { $price } has been refunded. { $credits ->
        [0] You have no pictures left.
        [one] You have 1 picture left.
       *[other] You have { $credits } pictures left.
    }
payment-found = 💚 Your payment reached me late, sorry! { $added ->
        [one] 1 picture
       *[other] { $added } pictures
    } added, you have { $credits } now.
balance-debt = 💳 You owe <b>{ $debt ->
        [one] 1 credit
       *[other] { $debt } credits
    }</b>: a payment was taken back after its pictures had been made. Your next purchase settles it first.
subscription-confirm = ❓ <b>Cancel the subscription?</b> It lasts until the end of the time that is paid; after that nothing is charged and no new pictures come. The pictures that are yours stay.
subscription-kept = The subscription goes on.
subscription-surplus = You subscribed twice, so I have ended the second subscription: it will not be charged again. The pictures that it brought are yours.
button-unsubscribe-yes = Yes, cancel it
button-unsubscribe-no = Keep it
subscription-cancelled = The subscription is cancelled. It lasts until the end of the time that is paid.
error-nothing-to-refund = There is nothing to refund: somebody was faster, or the money is back already.
alert-chargeback = ⚠️ <b>Chargeback.</b> Person { $user } took payment { $id } back ({ $price }). Its { $credits } credits are taken; the balance is { $balance } now.
alert-refund-refused = ⚠️ Telegram refused to refund payment { $id }. Its credits are back with the buyer. See /payments and the log.
alert-reconciled = 🔧 <b>The comparison with Telegram’s transactions repaired something.</b> Payments that had been lost: { $payment }. Held, see /held: { $held }. Refunds: { $refund }. Chargebacks: { $chargeback }.
command-payments = Payments and refunds
command-held = Money that waits for you
command-tickets = Tickets that wait
command-failed = Messages that were given up
failed-none = ✅ No message was given up this week.
failed-title = 🪦 <b>{ $count ->
        [one] A message that was given up
       *[other] { $count } messages that were given up
    }</b>
failed-line = #{ $update } · { $date } · { $kind } · { $user } · { $fault } · { $times ->
        [one] once
       *[other] { $times } times
    }
failed-hint = “Try again” handles it as if it had come just now. What nobody tries goes after a week.
button-retry = Try #{ $update } again
retry-begun = It is handled again now.
retry-gone = It is no longer among them.
command-gift = Give credits
command-promo-new = New promo code
command-promo-list = Promo codes
command-link = Link with a source
command-sources = Where people come from
command-conversions = Conversions as a table

## Growth

command-invite = Invite other sellers
command-promo = Use a promo code
invite-title = 🎁 <b>Invite other sellers</b>
invite-start = When somebody new opens your link and gets a first picture, { $credits ->
        [one] 1 picture is
       *[other] { $credits } pictures are
    } yours.
invite-purchase = Of every package they buy, { $percent } % of the pictures is added to yours.
invite-cap = That can be up to { $credits ->
        [one] 1 picture
       *[other] { $credits } pictures
    } in thirty days.
invite-earned = { $arrived ->
        [0] Nobody has come by your link yet.
        [one] 1 seller has come by your link.
       *[other] { $arrived } sellers have come by your link.
    } { $earned ->
        [one] You have earned 1 picture.
       *[other] You have earned { $earned } pictures.
    }
invite-share-text = A plain photo of a product becomes pictures for the marketplace. The first ones are free.
button-share = Share
button-copy-link = Copy the link
promo-ask = 🎟 Write the code after the command, such as <code>/promo SPRING</code>.
promo-credits = 🎟 { $added ->
        [one] <b>1 picture</b> is
       *[other] <b>{ $added } pictures</b> are
    } added, you have { $credits } now.
promo-percent = 🎟 <b>{ $percent } % off</b> your next purchase. Choose a package: /buy
error-promo-unknown = I do not know this code. Please check the letters.
error-promo-over = This code is over.
error-promo-used = You have used this code already.
gift-received = 🎁 <b>A present for you: { $credits ->
        [one] 1 picture
       *[other] { $credits } pictures
    }!</b> Enjoy.
gift-received-why = 🎁 <b>A present for you: { $credits ->
        [one] 1 picture
       *[other] { $credits } pictures
    }!</b>

    { $why }
gift-usage = <code>/gift id-or-@username credits why</code>, such as <code>/gift 1234567 5 Sorry for the wait</code>. The person reads why; it can be left out.
gift-unknown = I know nobody of this id or name.
gift-several = More than one person has had this name. Please use the id.
gift-done = 🎁 { $name } was given { $given } and has { $credits } credits now.
gift-done-untold = 🎁 { $name } was given { $given } and has { $credits } credits now, but could not be told.
promo-new-usage = <code>/promo_new CODE credits|percent VALUE max=N per=N days=N</code>

    CODE: 3–24 Latin letters and digits. Up to 10,000 credits, or up to 90 per cent of the next purchase. The limits can be left out: uses in all, uses a person (1), days.
promo-created = 🎟 <code>{ $code }</code> works from now on. Link: { $link }
promo-exists = There is a code <code>{ $code }</code> already; it is as it was.
promo-list-none = There are no promo codes yet: /promo_new
promo-list-title = 🎟 <b>Promo codes</b>
promo-gives-credits = <code>{ $code }</code>: { $value ->
        [one] 1 credit
       *[other] { $value } credits
    }
promo-gives-percent = <code>{ $code }</code>: { $value } % off
promo-uses = used { $uses }
promo-uses-of = used { $uses } of { $max }
promo-per-person = { $times } a person
promo-until = until { $date }
link-usage = <code>/link utm_source=vk&amp;utm_medium=cpc&amp;utm_campaign=spring&amp;ref=…&amp;promo=CODE&amp;package=2</code>

    Every field can be left out, but not all. Also utm_content, utm_term and yclid.
link-created = 🔗 { $link }
sources-usage = <code>/sources days</code>, such as <code>/sources 30</code>.
sources-none = Nothing happened in the last { $days } days.
sources-title = 📈 <b>Sources, the last { $days } days</b>
sources-direct = without a source
sources-funnel = starts { $starts } → photos { $photos } → pictures { $firstPictures } → shop { $paywalls } → paid { $paid } → again { $secondPurchases }
sources-more = And { $more } more; /conversions has them all.
conversions-usage = <code>/conversions days</code>, such as <code>/conversions 30</code>.
conversions-none = Nothing happened in the last { $days } days.
conversions-caption = { $events } events of the last { $days } days, times in UTC.
conversions-caption-newest = The newest { $events } events of the last { $days } days, times in UTC.

## Owners and support

command-admin = Everything for owners
command-user = Find a person
command-orders = Orders
command-pause = Close the shop for a while
command-resume = Open the shop again
command-team = Who helps with tickets
command-support-add = Let a person help with tickets
command-support-remove = End a person’s help with tickets
button-page-before = ← Before
button-page-after = Next →
button-admin-menu = ‹ Menu
list-empty = There are none.
orders-title = 🧾 <b>Orders</b>
order-line = #{ $id } · { $date } · { $price } · { $package } · { $name } ({ $user }) · { $state }
order-state-all = all
order-state-pending = open
order-state-paid = paid
order-state-cancelled = cancelled
order-state-expired = expired
order-state-refunded = refunded
refund-why = Choose why; it is kept with the refund.
refund-reason-asked = they asked
refund-reason-quality = poor pictures
refund-reason-twice = paid twice
refund-reason-goodwill = goodwill
button-person = Who is it?
user-usage = <code>/user id-or-@username-or-charge</code>, or forward me a message of the person.
user-hidden = This person hides who wrote their messages. Please ask for their id or @username.
person-title = 👤 <b>{ $name }</b> · <code>{ $user }</code>
person-support = 🎫 helps with tickets
person-banned = ⛔️ shut out: { $why }
person-blocked = 🔕 has blocked the bot
person-balance = 💰 Credits: <b>{ $credits }</b> · reserved { $reserved }
person-pictures = 🖼 Photoshoots: { $photoshoots } · pictures { $pictures }
person-spent = 💳 Spent: <b>{ $spent }</b> · payments { $payments }
person-seen = 🕰 Since { $since } · last seen { $seen } · { $language }
person-source = 🔗 Came from { $source }
person-invited = 🤝 Invited by { $inviter }
person-open = ⏳ Open: photoshoots { $photoshoots } · invoices { $orders } · held money { $held } · tickets { $tickets }
person-subscription = 🔁 Has a subscription that renews
person-act = • { $date } · { $act } · by { $actor }
act-gift = gift
act-correct = credits corrected
act-refund = refund
act-settle = payment settled
act-ban = shut out
act-unban = let in
act-message = message
act-answer-ticket = ticket answered
act-resolve-ticket = ticket resolved
act-retry-update = message tried again
act-create-promo = promo code made
act-create-link = link made
act-grant-support = support granted
act-withdraw-support = support withdrawn
act-pause = shop closed
act-resume = shop opened
act-stop-free-credits = free credits stopped
act-allow-free-credits = free credits given again
act-broadcast = broadcast
button-correct = Correct credits
button-gift = Give credits
button-message = Write to them
button-refunds = Payments, refunds
button-orders = Orders
button-tickets = Tickets
button-ban = Shut out
button-unban = Let in again
request-ask-gift = 🎁 How many credits, and why? Such as <code>5 Sorry for the wait</code>. The person reads why.
request-ask-correct = ⚖️ Up or down by how many, and why? Such as <code>+5 Two pictures were cut</code> or <code>-3 Given twice</code>. The person reads why.
request-ask-ban = ⛔️ Why is this person shut out? They read it. Nothing of theirs is lost, and what is in work is finished.
request-ask-message = ✍️ What shall I tell this person? One message; they can write back through support.
request-confirm-gift = ❓ <b>Give { $credits } to { $name }</b> ({ $user })? They have { $before } now and { $after } then.
request-confirm-correct = ❓ <b>{ $direction ->
        [down] Take { $credits } from
       *[up] Add { $credits } to
    } { $name }</b> ({ $user })? They have { $before } now and { $after } then.
request-confirm-ban = ❓ <b>Shut { $name } out</b> ({ $user })? They read:
request-confirm-message = ❓ <b>Send this to { $name }</b> ({ $user })?
request-short = ⚠️ They have { $before }, and I take no more than there is. Write the correction again with fewer.
button-do-gift = Give { $credits }
button-do-correct = Correct by { $credits }
button-do-ban = Shut out
button-do-message = Send
button-leave-it = Leave it
request-done-gift = ✅ Given, and the person knows.
request-done-correct = ✅ Corrected, and the person knows.
request-done-ban = ✅ Shut out, and the person knows why.
request-done-message = ✅ Sent.
request-unsent = ⚠️ It was not sent: I could not reach the person.
request-untold = ✅ Done, but I could not tell the person.
correction-received = ⚖️ Your credits were corrected: <b>{ $credits }</b>. { $why }
message-received = 💌 <b>A word from us</b>
    <blockquote>{ $words }</blockquote>
shut-out = ⛔️ I no longer take orders from you: “{ $why }”. Your credits stay yours, and what is in work is finished. If you think this is wrong, write to /support.
shut-out-tap = I no longer take orders from you. Write to /support if you think this is wrong.
let-in = 💚 You are welcome again: everything works as before.
admin-title = 🗂 <b>For owners</b>
admin-waits = ⏳ Waiting for you: tickets { $tickets } · money { $held } · failed messages { $failed }
admin-at-work = 🛠 Photoshoots in work: { $photoshoots }
admin-selling-paused = 🔧 Nothing is sold just now: see Brakes.
admin-free-stopped = 🎁 Newcomers get no free credits: see Brakes.
admin-person-hint = 👤 One person: /user with an id, a @username or a charge, or forward me their message.
admin-list-payments = Payments
admin-list-orders = Orders
admin-list-held = Held money
admin-list-tickets = Tickets
admin-list-failed = Failed messages
button-statistics = Statistics
button-brakes = Brakes
button-team = Team
brakes-title = 🎛 <b>Brakes</b>
brakes-selling = ✅ Credits are sold.
brakes-not-selling = 🔧 <b>Nothing is sold</b>, because
brake-owner = • you have closed the shop: { $why }
brake-provider-quota = • the provider has no quota left
brake-provider-key = • the provider refuses the key
brake-provider-model = • the provider does not know the model
brake-provider-outage = • the provider does not answer
brake-provider-budget = • the day’s budget is spent (PROVIDER_BUDGET_USD)
brakes-free-given = 🎁 Newcomers get free credits.
brakes-free-stopped = 🎁 Newcomers get <b>no</b> free credits.
brakes-hint = Close the shop with <code>/pause why</code>; buyers read why. Orders in work go on.
button-resume = Open the shop
button-free-stop = Stop free credits
button-free-allow = Give free credits again
pause-usage = <code>/pause why</code>, such as <code>/pause New models until noon</code>. Buyers read why, so it has to be short.
team-title = 👥 <b>Who helps with tickets</b>
team-line = • { $name } { $at } · <code>{ $user }</code>
team-empty = Nobody but the owners.
team-hint = They answer tickets and look at one person; they touch no money. Add one who has written to the bot: <code>/support_add id-or-@username</code>.
team-usage = With a person, such as <code>/support_add @emma</code> or <code>/support_remove 1234567</code>.
button-withdraw = End the help of { $name }
support-granted = 🎫 You help with tickets now: /tickets shows what waits, /user one person, /admin everything.
shop-paused-why = 🔧 <b>The shop is closed for a while:</b> “{ $why }”. Your credits stay as they are, and you can order with them.
checkout-paused-by-owner = The shop is closed for a while, so nothing was charged. { $why }
checkout-banned = I cannot take a payment from you. Please write to /support. Nothing was charged.
alert-budget-spent = ⚠️ <b>The day’s budget for the provider is spent.</b> { $spent } of { $budget } USD. Nothing is sold and orders wait until midnight UTC; I go on by myself. For more today raise PROVIDER_BUDGET_USD and restart.
alert-budget-over = ✅ The day’s budget is free again: orders go on and credits are sold.
error-already-done = That was done already.

## Broadcasts

command-broadcast = Tell many people something
button-broadcasts = New broadcast
broadcast-title = 📣 <b>Broadcast { $id }</b> · { $state }
broadcast-state-draft = not sent
broadcast-state-sending = being sent
broadcast-state-paused = paused
broadcast-state-done = sent
broadcast-state-cancelled = cancelled
broadcast-segment = 👥 To: { $segment } { $language }
segment-all = everybody
segment-buyers = buyers
segment-inactive = away for 30 days
segment-language = those who speak
broadcast-readers = 🔢 Readers now: { $readers }
broadcast-counts = 📬 Sent { $sent } · waiting { $waiting } · blocked { $blocked } · failed { $failed } · unknown { $unknown }
broadcast-no-text = ✍️ There is no text yet. Readers without one in their language get the English one.
broadcast-write = ✍️ Write the text in { $language } as one message, as it is to be read.
button-segment-language = speak { $language }
button-broadcast-text = Write in { $language }
button-broadcast-test = Send it to me alone
button-broadcast-start = Send to { $readers }
button-broadcast-pause = Pause
button-broadcast-resume = Go on
button-broadcast-cancel = Cancel
button-news-off = No more news, please
button-news-on = News again
news-off = No more news from us. What concerns your orders still comes. /settings brings the news back.
news-on = You get our news again.
settings-news-on = 📣 You get our news, now and then.
settings-news-off = 🔕 You get no news.
morning-digest = ☀️ <b>Good morning.</b> Yesterday, { $day }:
    👤 New people: { $newPeople } · 🖼 pictures: { $pictures } · 💵 cost: { $cost } USD
    💳 Payments: { $payments } · { $money }
    ⏳ Waiting for you: tickets { $tickets } · money { $held } · failed messages { $failed } · photoshoots in work { $atWork }
    🚨 Alerts that stand: { $alerts }
    { $selling ->
        [off] 🔧 Nothing is sold just now: see /admin.
       *[on] ✅ Credits are sold.
    }

## Files for marketplaces

button-pack = 📦 Files for marketplaces
pack-title = 📦 <b>Files for marketplaces</b>
pack-hint = Exact pixels, file names and sizes for each channel, free of charge. Up to 9 files come one by one and as a ZIP, more as one ZIP.
pack-sku = 🏷 Article number: <b>{ $sku }</b>
pack-without-sku = 🏷 No article number: the files are called “product”.
pack-sku-ask = 🏷 Send the article number (SKU), such as <code>MUG-01</code>. The files are named after it.
pack-below = 🏷 The article number is set: the card is below.
pack-making = ⏳ <b>Making your files</b>: { $done } of { $total } are ready.
pack-ready = { $files ->
        [one] ✅ <b>1 file is ready</b>: { $channels }.
       *[other] ✅ <b>{ $files } files are ready</b>: { $channels }.
    }
pack-nothing = 😔 <b>None of these files could be made.</b>
pack-only-zip = They come as one ZIP with a folder for each channel.
pack-cut = ✂️ Cut to shape, please have a look: { $channels }.
pack-extended = 🖼 Extended to shape: { $channels }.
pack-smaller = 📐 Accepted, but smaller than the channel advises: { $channels }.
pack-too-small = 🔍 Needs a larger picture: { $channels }.
pack-no-cut-out = ⬜ Needs pure white around the product, and I could not cut it out with certainty: { $channels }. A photo on a plain ground that differs from the product helps.
pack-too-heavy = ⚖️ Cannot be made light enough: { $channels }.
pack-unreadable = ⚠️ The picture could not be read: { $channels }.
pack-from-preview = { $pictures ->
        [one] ℹ️ The original of 1 picture is no longer kept: it is made of the preview, which is less sharp.
       *[other] ℹ️ The originals of { $pictures } pictures are no longer kept: they are made of the previews, which are less sharp.
    }
pack-gone = { $pictures ->
        [one] 1 picture is no longer kept by Telegram or by me.
       *[other] { $pictures } pictures are no longer kept by Telegram or by me.
    }
pack-zip-name = marketplaces
button-pack-none = Choose a channel first
button-pack-make = 📦 Make { $files ->
        [one] 1 file
       *[other] { $files } files
    } · free
button-sku-add = 🏷 Add an article number
button-sku-change = 🏷 Change the article number
button-cut-out = ✂️ Cut-out (PNG) · free
cut-out-begun = Looking for the outline…
cut-out-caption = ✂️ The product alone: transparent, and on white with a soft shadow.
cut-out-file-name = cut-out
cut-out-unsure = ✂️ I am not sure where your product ends in any of these pictures, so I made no cut-out. A photo on a plain ground that differs from the product, without hard shadows, helps.
